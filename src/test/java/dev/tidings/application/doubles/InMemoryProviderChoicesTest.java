package dev.tidings.application.doubles;

import dev.tidings.application.delivery.ProviderChoices;

class InMemoryProviderChoicesTest extends ProviderChoicesContract {

    private final InMemoryProviderChoices choices = new InMemoryProviderChoices();

    @Override
    protected ProviderChoices choices() {
        return choices;
    }
}
