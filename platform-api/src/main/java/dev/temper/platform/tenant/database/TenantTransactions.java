package dev.temper.platform.tenant.database;

import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.TenantScope;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;

/**
 * Shows PostgreSQL the tenant of the scope at the start of each transaction, for its length only, so that row-level
 * security lets its rows through: for entities and for plain SQL, which share the connection. Work on the fleet shows
 * that instead. Outside of a scope nothing is set, and the tables of tenants are empty.
 */
final class TenantTransactions extends JpaTransactionManager {
    private final Line line;

    TenantTransactions(EntityManagerFactory factory, Line line) {
        super(factory);
        this.line = line;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        line.enter();
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException | Error e) {
            line.leave();
            throw e;
        }
        if (FleetScope.entered()) {
            show(transaction, "temper.fleet", "on");
        } else {
            TenantScope.current().ifPresent(tenant -> show(transaction, "temper.tenant", tenant.toString()));
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        super.doCleanupAfterCompletion(transaction);
        line.leave();
    }

    private void show(Object transaction, String setting, String value) {
        try {
            show(setting, value);
        } catch (SQLException e) {
            doCleanupAfterCompletion(transaction);
            throw new CannotCreateTransactionException(setting + " could not be set on the connection", e);
        }
    }

    private void show(String setting, String value) throws SQLException {
        DataSource source = Objects.requireNonNull(getDataSource());
        Connection connection = DataSourceUtils.getConnection(source);
        try (var statement = connection.prepareStatement("select set_config(?, ?, true)")) {
            statement.setString(1, setting);
            statement.setString(2, value);
            statement.execute();
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }
}
