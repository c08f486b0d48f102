SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

JAR := target/tidings.jar
# The same, unpacked: starts faster than from the nested jars.
RUN := target/run/tidings.jar
# A directory is newer when something in it was deleted, so directories count.
SOURCES := pom.xml $(shell find src/main)
MAVEN := infra/bin/maven
COMPOSE := docker compose -f infra/compose.yaml
HEAP ?= 768m

# Which tests are which is said by their package: unit tests need nothing but the JDK, acceptance tests start the whole service.
UNIT := dev/tidings/domain/**,dev/tidings/application/**,dev/tidings/architecture/**,dev/tidings/simulation/**
E2E := dev/tidings/acceptance/**
comma := ,
but_not = $(subst $(comma),$(comma)!,!$(1))

##@ Try it
.PHONY: run demo build
run: $(RUN) ## Start Tidings; builds first if the sources changed. PORT=…, ENVIRONMENT=dev (config/dev.env), HEAP=2g, JAVA_OPTS=…
	@set -a; [ -z "$(ENVIRONMENT)" ] || . "config/$(ENVIRONMENT).env"; jdk=$$(infra/bin/jdk25) && exec "$$jdk/bin/java" @infra/java.options -Xmx$(HEAP) $(JAVA_OPTS) -jar $(RUN)

demo: $(RUN) ## Send a few notifications to a running Tidings and watch them
	@infra/bin/demo

build: $(JAR) ## Build target/tidings.jar, without the tests

$(JAR): $(SOURCES)
	@echo "Building $@ (the first time Maven also fetches what it needs)"
	@$(MAVEN) -q -Dmaven.test.skip=true package
	@touch $@

$(RUN): $(JAR)
	@rm -rf target/run && "$$(infra/bin/jdk25)/bin/java" -Djarmode=tools -jar $(JAR) extract --destination target/run
	@touch $@

##@ Test it
.PHONY: test test-unit test-integration test-e2e check conformance mutate bench chaos
test: ## All tests; installs what they need as root on Debian, else says what is missing
	@infra/bin/run-tests test

test-unit: ## Domain, application, architecture and simulation: packages that need nothing but the JDK
	@infra/bin/run-tests test -Dtest='$(UNIT)'

test-integration: ## Adapters and infrastructure against the real things: all packages but the others' two
	@infra/bin/run-tests test -Dtest='**/*Test,**/*Tests,$(call but_not,$(UNIT)),$(call but_not,$(E2E))'

test-e2e: ## The whole service: package dev.tidings.acceptance
	@infra/bin/run-tests test -Dtest='$(E2E)'

check: ## What has to pass before a merge: the format, then all tests
	@$(MAVEN) -q spotless:check
	@infra/bin/run-tests test

conformance: ## Send to servers made from the vendors' published contracts, and ask their own libraries. CONTRACTS=../shared/contracts
	@infra/bin/conformance

mutate: ## Change the domain in small ways and see whether its tests notice (report in target/pit-reports)
	@$(MAVEN) test-compile org.pitest:pitest-maven:mutationCoverage

bench: $(RUN) ## Measure throughput, latency and memory beside the machine's ceiling. SECONDS=60 SCENARIOS="flood start latency http sms rebuild store"
	@infra/bin/test-needs
	@infra/bin/test-program 256m dev.tidings.bench.Bench $(or $(SECONDS),60) $(SCENARIOS)

chaos: $(RUN) ## Kill, freeze and cut off each part under load: docs/kill-matrix.md. CELLS=primary,tidings-sigkill
	@infra/bin/test-needs
	@infra/bin/test-program 512m dev.tidings.chaos.Chaos $(CELLS)

##@ Work on it
.PHONY: format clean
format: ## Format the sources
	@$(MAVEN) -q spotless:apply

clean: ## Delete target/. What Tidings keeps (var/), logs/ and config/secrets/ stay
	@rm -rf target

##@ Run it as in production (needs Docker)
.PHONY: ssl-setup log-setup up up-detach down logs ps
ssl-setup: ## Make the certificates and secrets in config/secrets/ that are missing
	@infra/bin/ssl-setup

log-setup: ## Make logs/, for one file per concern
	@mkdir -p logs

up: ssl-setup ## Start everything: PostgreSQL twice, RabbitMQ, Tidings, mail catcher, monitoring; Ctrl-C stops it
	@$(COMPOSE) up --build

up-detach: ssl-setup ## The same in the background, once all of it is healthy
	@$(COMPOSE) up --build --detach --wait

down: ## Stop everything; the volumes stay
	@$(COMPOSE) down

logs: ## Follow the logs. SERVICE=tidings for one of them
	@$(COMPOSE) logs --follow --tail=100 $(SERVICE)

ps: ## What is running
	@$(COMPOSE) ps

.PHONY: help
help: ## Show this
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z0-9-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
