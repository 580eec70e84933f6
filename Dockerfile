# Two images from one build: the platform and a worker for CPUs. docs/deployment.md says how a worker gets a GPU.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -pl platform-web,trainer-worker -am package -DskipTests -Denforcer.skip -Djacoco.skip -Dspotless.check.skip \
    && mvn -B -ntp -pl trainer-worker -am package dependency:copy-dependencies -DskipTests \
        -Denforcer.skip -Djacoco.skip -Dspotless.check.skip -DincludeScope=runtime -DoutputDirectory=/out/worker/libraries \
    && cp trainer-worker/target/trainer-worker-*.jar /out/worker/libraries/ \
    && java -Djarmode=tools -jar platform-web/target/platform-web-*-exec.jar extract --destination /out/platform \
    && mv /out/platform/platform-web-*-exec.jar /out/platform/temper.jar

FROM eclipse-temurin:25-jre AS base
RUN groupadd --gid 10001 temper && useradd --uid 10001 --gid temper --no-create-home --home-dir /data temper \
    && install -d -o temper -g temper /data
COPY models /opt/temper/models
USER temper
VOLUME /data
WORKDIR /data

FROM base AS platform
COPY --from=build /out/platform /opt/temper/platform
EXPOSE 8080 8081
# The port for watching says nothing but how it is; nobody outside the network reaches it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=6 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=70", \
    "-Dtemper.models.included=/opt/temper/models", "-jar", "/opt/temper/platform/temper.jar"]
CMD ["up", "--no-worker", "--data", "/data"]

FROM base AS worker
USER root
RUN apt-get update && apt-get install -y --no-install-recommends libjemalloc2 libgomp1 && rm -rf /var/lib/apt/lists/*
USER temper
COPY --from=build /out/worker/libraries /opt/temper/worker
ENV DJL_CACHE_DIR=/data/djl LD_PRELOAD=libjemalloc.so.2
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["bash", "-c", "kill -0 1 && test -s /data/worker.json"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx384m", "-Dai.djl.offline=true", \
    "-cp", "/opt/temper/worker/*", "dev.temper.trainer.app.Main", "worker", "--data", "/data", "--shared", "/opt/temper/models"]
