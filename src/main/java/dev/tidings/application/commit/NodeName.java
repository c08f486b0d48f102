package dev.tidings.application.commit;

/** This process among its peers: unique while it runs, and the same after a restart where that can be. */
public interface NodeName {

    /** Another one after the session that held it was lost, if another process was faster to take it. */
    String value();
}
