package dev.temper.platform.dataset;

import java.util.List;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A version whose rows another version is made from.
 *
 * @param name of its dataset and its number, for people
 * @param hash of the blob with its rows, which is held while they are read
 * @param ratio how often a row is taken on average
 */
record MixSource(UUID version, String name, String hash, long rows, double ratio) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static String json(List<MixSource> sources) {
        return JSON.writeValueAsString(sources);
    }

    static List<MixSource> read(String json) {
        return JSON.readValue(json, new TypeReference<List<MixSource>>() {});
    }
}
