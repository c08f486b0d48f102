package dev.tidings.adapters.postgres;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.Map;
import reactor.netty.resources.LoopResources;

/**
 * Connections that notice within half a minute when the other machine is gone, as {@link KeptAliveSockets} do, and
 * moreover while they have something to send. Where Netty has no epoll the operating system's patience applies.
 */
final class KeptAliveLoops implements LoopResources {

    /** In milliseconds. */
    private static final int UNACKNOWLEDGED =
            1_000 * (KeptAliveSockets.IDLE + KeptAliveSockets.INTERVAL * KeptAliveSockets.COUNT);

    private static final Map<ChannelOption<Integer>, Integer> WITH_EPOLL = Map.of(
            EpollChannelOption.TCP_KEEPIDLE, KeptAliveSockets.IDLE,
            EpollChannelOption.TCP_KEEPINTVL, KeptAliveSockets.INTERVAL,
            EpollChannelOption.TCP_KEEPCNT, KeptAliveSockets.COUNT,
            EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED);

    private final LoopResources loops;

    KeptAliveLoops(LoopResources loops) {
        this.loops = loops;
    }

    @Override
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
        C channel = loops.onChannel(type, group);
        if (channel instanceof EpollSocketChannel) {
            WITH_EPOLL.forEach((option, value) -> channel.config().setOption(option, value));
        }
        return channel;
    }

    @Override
    public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup group) {
        return loops.onChannelClass(type, group);
    }

    @Override
    public EventLoopGroup onClient(boolean useNative) {
        return loops.onClient(useNative);
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return loops.onServer(useNative);
    }

    @Override
    public EventLoopGroup onServerSelect(boolean useNative) {
        return loops.onServerSelect(useNative);
    }

    @Override
    public boolean daemon() {
        return loops.daemon();
    }
}
