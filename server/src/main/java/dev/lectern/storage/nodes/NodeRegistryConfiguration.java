package dev.lectern.storage.nodes;

import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.DataFolder;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeLocalStorage;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.nodes.NodeAdmission.JoiningNode;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Registers this node at the start. */
@Configuration(proxyBeanMethods = false)
class NodeRegistryConfiguration {
    @Bean
    NodeRegistry nodeRegistry(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Dialect dialect,
            ExecutorService applicationExecutor,
            IdGenerator ids,
            DataFolder folder,
            ObjectProvider<NodeLocalStorage> storages,
            NodeProperties properties) {
        JoiningNode self = switch (dialect) {
            case SQLITE -> new JoiningNode(ids.next(), "", "");
            case POSTGRESQL -> new JoiningNode(ids.next(), DataFolderId.of(folder.root(), ids), localNames(storages));
        };
        return new LeasedNodeRegistry(jdbc, transactions, dialect, applicationExecutor, properties.nodeLease(), self);
    }

    private static String localNames(ObjectProvider<NodeLocalStorage> storages) {
        return storages.orderedStream()
                .filter(NodeLocalStorage::isNodeLocal)
                .map(NodeLocalStorage::name)
                .sorted()
                .collect(Collectors.joining(" and "));
    }
}
