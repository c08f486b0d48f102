package dev.tidings.chaos;

import dev.tidings.adapters.embedded.PrivatePostgres;
import dev.tidings.chaos.Cell.Part;
import dev.tidings.chaos.MailSink.Mood;
import dev.tidings.testing.TidingsProcess;
import dev.tidings.testing.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The matrix: every part, and everything that is done to it. */
public final class Cells {

    private static final int SHORT = 2;
    private static final int CUT = 10;
    private static final int FROZEN = 20;
    private static final int BAD = 20;
    private static final int DOWN = 30;
    private static final int FULL = 15;
    private static final String MORE_THAN_ANY_DISK_HAS = "1000000GB";

    private Cells() {}

    public static final Cell TIDINGS_SIGKILL =
            new Cell(Part.TIDINGS, "sigkill", "one node SIGKILLed, started again", (stage, over) -> {
                stage.node(0).kill();
                pass(SHORT);
                over.run();
                stage.node(0).startAgain();
            });

    public static final Cell PRIMARY_SIGKILL =
            new Cell(Part.PRIMARY, "sigkill", "SIGKILLed, started again", (stage, over) -> {
                stage.primary().kill();
                pass(SHORT);
                over.run();
                stage.primary().start();
            });

    public static final Cell RELAY_CUT_AFTER_THE_DOT = new Cell(
            Part.RELAY,
            "cut-after-dot",
            "hangs up on one mail in ten, having taken it, for " + CUT + " s",
            inMood(Mood.HANGS_UP_AFTER_THE_DOT, CUT));

    private static final Cell BROKER_SIGKILL =
            new Cell(Part.BROKER, "sigkill", "SIGKILLed, started again", (stage, over) -> {
                stage.rabbit.kill();
                pass(SHORT);
                over.run();
                stage.rabbit.start();
            });

    /** In the order in which they are run: promotions last, they change the installation. */
    static List<Cell> all() {
        List<Cell> all = new ArrayList<>(tidings());
        all.addAll(broker());
        all.addAll(relay());
        all.addAll(standby());
        all.addAll(primary());
        return all;
    }

    /** Those whose id is one of these words, or starts with it. All, if there are no words. */
    static List<Cell> named(List<String> words) {
        List<Cell> chosen = all().stream()
                .filter(cell -> words.isEmpty()
                        || words.stream().anyMatch(word -> cell.id().startsWith(word)))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "There are " + all().stream().map(Cell::id).toList());
        }
        return chosen;
    }

    private static List<Cell> tidings() {
        return List.of(
                TIDINGS_SIGKILL,
                new Cell(
                        Part.TIDINGS,
                        "sigkill-for-good",
                        "one node SIGKILLed, and stays away",
                        (stage, over) -> stage.node(1).kill()),
                new Cell(Part.TIDINGS, "sigkill-both", "both nodes SIGKILLed, started again", (stage, over) -> {
                    stage.node(0).kill();
                    stage.node(1).kill();
                    pass(SHORT);
                    over.run();
                    both(stage, TidingsProcess::startAgain);
                }),
                new Cell(
                        Part.TIDINGS,
                        "sigstop",
                        "one node frozen (SIGSTOP) for " + FROZEN + " s, longer than its lease",
                        (stage, over) -> {
                            stage.node(0).freeze();
                            pass(FROZEN);
                            stage.node(0).thaw();
                        }),
                new Cell(Part.TIDINGS, "restart", "one node stopped (SIGTERM), started again", (stage, over) -> {
                    stage.node(0).stop();
                    over.run();
                    stage.node(0).startAgain();
                }),
                new Cell(
                        Part.TIDINGS,
                        "cut",
                        "both nodes cut off from databases, broker and relay for " + CUT + " s",
                        (stage, over) -> {
                            List<Wire> wires = List.of(stage.toPrimary(), stage.toStandby(), stage.toRabbit);
                            wires.forEach(Wire::cut);
                            stage.sink.goesAway();
                            pass(CUT);
                            stage.sink.comesBack();
                            wires.forEach(Wire::mend);
                        }));
    }

    private static void both(Stage stage, java.util.function.Consumer<TidingsProcess> what)
            throws InterruptedException {
        List<Thread> threads = java.util.stream.IntStream.range(0, stage.nodes())
                .mapToObj(node -> Thread.ofVirtual().start(() -> what.accept(stage.node(node))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static List<Cell> broker() {
        return List.of(
                BROKER_SIGKILL,
                new Cell(Part.BROKER, "sigstop", "frozen (SIGSTOP) for " + FROZEN + " s", (stage, over) -> {
                    stage.rabbit.freeze();
                    pass(FROZEN);
                    stage.rabbit.thaw();
                }),
                new Cell(Part.BROKER, "restart", "stopped, started again", (stage, over) -> {
                    stage.rabbit.stop();
                    over.run();
                    stage.rabbit.start();
                }),
                new Cell(
                        Part.BROKER,
                        "cut",
                        "Tidings' connections reset, and refused for " + CUT + " s",
                        (stage, over) -> cut(stage.toRabbit)),
                new Cell(
                        Part.BROKER,
                        "disk-full",
                        "its disk alarm: it takes nothing from anybody for " + FULL + " s",
                        (stage, over) -> {
                            stage.rabbit.control("set_disk_free_limit", MORE_THAN_ANY_DISK_HAS);
                            pass(FULL);
                            stage.rabbit.control("set_disk_free_limit", "50MB");
                        }));
    }

    private static void cut(Wire wire) throws InterruptedException {
        wire.cut();
        pass(CUT);
        wire.mend();
    }

    private static List<Cell> relay() {
        return List.of(
                new Cell(Part.RELAY, "away", "connections closed, and refused for " + DOWN + " s", (stage, over) -> {
                    stage.sink.goesAway();
                    pass(DOWN);
                    stage.sink.comesBack();
                }),
                new Cell(
                        Part.RELAY,
                        "silent",
                        "takes connections, answers nothing for " + BAD + " s",
                        inMood(Mood.SILENT, BAD)),
                new Cell(Part.RELAY, "4xx", "451 to every mail for " + DOWN + " s", inMood(Mood.BUSY, DOWN)),
                new Cell(Part.RELAY, "5xx", "550 to every recipient for " + DOWN + " s", inMood(Mood.REFUSING, DOWN)),
                new Cell(
                        Part.RELAY,
                        "hang-after-dot",
                        "never answers to one mail in ten, having taken it, for " + BAD + " s",
                        inMood(Mood.FALLS_SILENT_AFTER_THE_DOT, BAD)),
                RELAY_CUT_AFTER_THE_DOT,
                new Cell(Part.RELAY, "drip", "answers a byte each 100 ms for " + BAD + " s", inMood(Mood.DRIPS, BAD)));
    }

    private static Cell.Fault inMood(Mood mood, int seconds) {
        return (stage, over) -> {
            stage.sink.is(mood);
            pass(seconds);
            stage.sink.recovers();
        };
    }

    private static List<Cell> standby() {
        return List.of(
                new Cell(Part.STANDBY, "sigkill", "SIGKILLed, started again", (stage, over) -> {
                    stage.standby().kill();
                    pass(SHORT);
                    over.run();
                    stage.standby().start();
                }),
                new Cell(Part.STANDBY, "sigstop", "frozen (SIGSTOP) for " + FROZEN + " s", (stage, over) -> {
                    stage.standby().freeze();
                    pass(FROZEN);
                    stage.standby().thaw();
                }),
                new Cell(Part.STANDBY, "restart", "stopped, started again", (stage, over) -> {
                    stage.standby().stop();
                    over.run();
                    stage.standby().start();
                }),
                new Cell(
                        Part.STANDBY,
                        "cut",
                        "connections reset, and refused for " + CUT + " s",
                        (stage, over) -> cut(stage.toStandby())),
                new Cell(Part.STANDBY, "disk-full", "its disk is full for " + FULL + " s", (stage, over) -> {
                    fill(stage.standbyDisk());
                    over.run();
                    startIfItEnded(stage.standby());
                }));
    }

    private static List<Cell> primary() {
        return List.of(
                PRIMARY_SIGKILL,
                new Cell(Part.PRIMARY, "sigstop", "frozen (SIGSTOP) for " + FROZEN + " s", (stage, over) -> {
                    stage.primary().freeze();
                    pass(FROZEN);
                    stage.primary().thaw();
                }),
                new Cell(Part.PRIMARY, "restart", "stopped (fast), started again", (stage, over) -> {
                    stage.primary().stop();
                    over.run();
                    stage.primary().start();
                }),
                new Cell(
                        Part.PRIMARY,
                        "cut",
                        "connections reset, and refused for " + CUT + " s",
                        (stage, over) -> cut(stage.toPrimary())),
                new Cell(Part.PRIMARY, "disk-full", "its disk is full for " + FULL + " s", (stage, over) -> {
                    fill(stage.primaryDisk());
                    over.run();
                    startIfItEnded(stage.primary());
                }),
                new Cell(
                        Part.PRIMARY,
                        "promotion",
                        "SIGKILLed, the standby promoted (commits wait for it)",
                        (stage, over) -> {
                            PrivatePostgres old = stage.primary();
                            old.commitOnFollowerToo(true);
                            old.kill();
                            pass(SHORT);
                            stage.promoteStandby();
                            over.run();
                            old.follow(stage.primary());
                        }),
                new Cell(
                        Part.PRIMARY,
                        "vanishing",
                        "its machine vanishes without a word for " + DOWN
                                + " s, the standby promoted (commits wait for it)",
                        (stage, over) -> {
                            PrivatePostgres old = stage.primary();
                            Wire toOld = stage.toPrimary();
                            old.commitOnFollowerToo(true);
                            toOld.vanish();
                            old.kill();
                            pass(SHORT);
                            stage.promoteStandby();
                            over.run();
                            pass(DOWN);
                            old.follow(stage.primary());
                            toOld.mend();
                        }));
    }

    private static void fill(Optional<Disk> its) throws Exception {
        Disk disk = its.orElseThrow(() -> new NotHere("needs disks of its own: root, ext4 and loop devices"));
        disk.fill();
        pass(FULL);
        disk.makeRoom();
    }

    private static void startIfItEnded(PrivatePostgres server) {
        if (!server.isRunning()) {
            server.start();
        }
    }

    /** This machine doesn't allow it. */
    static final class NotHere extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotHere(String why) {
            super(why);
        }
    }

    private static void pass(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(Duration.ofSeconds(seconds).toSeconds());
    }

    static List<String> words(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
