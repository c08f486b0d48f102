/** What surrounds the code holds together: Makefile, compose file, container, certificates, sample environments, alerts. */
@NullMarked
package dev.tidings.infra;

import org.jspecify.annotations.NullMarked;
