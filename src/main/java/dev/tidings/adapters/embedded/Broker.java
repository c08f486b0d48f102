package dev.tidings.adapters.embedded;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/** An AMQP 0-9-1 broker (Apache Qpid) with durable queues on a real port, for any client of this machine. */
final class Broker implements Part {

    private final Path directory;
    private final Port port;
    private final FailureCatcher failures = new FailureCatcher();
    private @Nullable SystemLauncher launcher;

    Broker(Path directory, Port port) {
        this.directory = directory;
        this.port = port;
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public List<Port> ports() {
        return List.of(port);
    }

    @Override
    public synchronized void start() throws Exception {
        Files.createDirectories(directory);
        // Else Derby writes its log into whatever directory the process was started in.
        System.setProperty(
                "derby.stream.error.file", directory.resolve("derby.log").toString());
        launcher = new SystemLauncher(failures);
        launcher.startup(Map.of(
                SystemConfig.TYPE,
                "Memory",
                SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                resource("broker.json").toString(),
                SystemConfig.INITIAL_SYSTEM_PROPERTIES_LOCATION,
                resource("broker.properties").toString(),
                SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                false,
                SystemConfig.CONTEXT,
                Map.of(
                        "qpid.work_dir", directory.toString(),
                        "tidings.host", Port.HOST.getHostAddress(),
                        "tidings.port", Integer.toString(port.number()))));
        if (failures.caught != null) {
            throw new IOException("The broker on " + directory + " doesn't start", failures.caught);
        }
    }

    @Override
    public synchronized void stop() {
        if (launcher != null) {
            launcher.shutdown();
            launcher = null;
        }
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of(
                "tidings.broker.url", "amqp://guest:guest@" + Port.HOST.getHostAddress() + ":" + port.number() + "/");
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(Broker.class.getResource("/embedded/" + name), name);
    }

    private static final class FailureCatcher extends DefaultSystemLauncherListener {

        private volatile @Nullable Exception caught;

        @Override
        public void errorOnStartup(RuntimeException e) {
            caught = e;
        }
    }
}
