package dev.tidings.adapters.phone;

import dev.tidings.application.contact.PhoneNumbers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PhoneConfiguration {

    @Bean
    PhoneNumbers phoneNumbers(@Value("${tidings.phone.default-country:}") String defaultCountry) {
        return LibPhoneNumbers.withNationalFormsOf(defaultCountry);
    }
}
