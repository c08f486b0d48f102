package dev.tidings.application.commit;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;

/** Runs many commands, and what is written beside them, as one transaction: all of it is committed, or none. */
public final class UnitsOfWork {

    private final CommandBus commandBus;
    private final TransactionManager transactions;

    public UnitsOfWork(CommandBus commandBus, TransactionManager transactions) {
        this.commandBus = commandBus;
        this.transactions = transactions;
    }

    /** Commits when {@code work} returns; rolls everything back and rethrows when it throws. */
    public <R> R inOneCommit(Supplier<R> work) {
        DefaultUnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        unitOfWork.attachTransaction(transactions);
        ResultMessage<R> result = unitOfWork.executeWithResult(work::get);
        if (result.isExceptional()) {
            throw Thrown.unchecked(result.exceptionResult());
        }
        return result.getPayload();
    }

    /**
     * Handles one command, inside {@link #inOneCommit} as a part of it. The events it led to are returned.
     *
     * @param context what is known of the caller; it ends up in the metadata of the events
     */
    public <E> List<E> dispatch(Object command, Map<String, String> context) {
        return this.<List<E>>handle(command, context).answer();
    }

    /** The same for a command whose handler answers otherwise. */
    public <R> R dispatch(Object command, Map<String, String> context, Class<R> answer) {
        return answer.cast(handle(command, context).answer());
    }

    private <R> Dispatched<R> handle(Object command, Map<String, String> context) {
        CommandMessage<Object> message = GenericCommandMessage.asCommandMessage(command);
        Dispatched<R> dispatched = new Dispatched<>();
        commandBus.<Object, R>dispatch(message.withMetaData(context), dispatched::handled);
        return dispatched;
    }

    private static final class Dispatched<R> {

        private @Nullable CommandResultMessage<? extends R> result;

        void handled(CommandMessage<?> command, CommandResultMessage<? extends R> answer) {
            result = answer;
        }

        R answer() {
            CommandResultMessage<? extends R> answer = result;
            if (answer == null) {
                throw new IllegalStateException("the command bus must handle a command before dispatch returns");
            }
            if (answer.isExceptional()) {
                throw Thrown.unchecked(answer.exceptionResult());
            }
            return answer.getPayload();
        }
    }
}
