# Plumbline 准绳, built from this checkout. See docs/operations.md.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /plumbline
COPY . .
RUN ./mvnw -B -ntp -DskipTests -Dspotless.check.skip -Djacoco.skip -pl web -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --home-dir /var/lib/plumbline --create-home plumbline
COPY --from=build /plumbline/web/target/plumbline.jar /opt/plumbline/plumbline.jar
USER plumbline
WORKDIR /var/lib/plumbline
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/plumbline/plumbline.jar"]
CMD ["serve"]
