package dev.temper.platform.common;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** Plain JDBC transactions that show the database the tenant in force, as the platform's own do. */
public final class ScopedTransactions extends JdbcTransactionManager {
    public ScopedTransactions(DataSource source) {
        super(source);
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        try (var set = connection.prepareStatement("select set_config('temper.tenant', ?, true)")) {
            set.setString(1, TenantScope.current().map(UUID::toString).orElse(""));
            set.execute();
        }
    }
}
