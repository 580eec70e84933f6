package dev.temper.platform.common;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code temper.request.*}.
 *
 * @param maxBody the largest JSON or form body that is read; files have limits of their own
 */
@ConfigurationProperties("temper.request")
public record RequestSettings(@DefaultValue("1MB") DataSize maxBody) {
    public RequestSettings {
        if (maxBody.toBytes() < 1_024 || maxBody.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "temper.request.max-body must lie between 1KB and 2GB, but is " + maxBody);
        }
    }
}
