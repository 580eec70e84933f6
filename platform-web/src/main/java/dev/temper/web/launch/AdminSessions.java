package dev.temper.web.launch;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionOperations;

/** Where sessions are, for commands that end them: Spring Boot finds them for web applications alone. */
final class AdminSessions {
    @Bean
    JdbcIndexedSessionRepository sessionRepository(JdbcOperations jdbc, TransactionOperations transactions) {
        return new JdbcIndexedSessionRepository(jdbc, transactions);
    }
}
