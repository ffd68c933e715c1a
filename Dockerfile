# The image of the simulator. It copies a binary that was built before, which
# the release and "make simulator-image" place in a directory for each platform,
# such as linux/amd64.
FROM scratch
ARG TARGETPLATFORM
COPY $TARGETPLATFORM/customerprofiles-simulator /customerprofiles-simulator
USER 65532:65532
EXPOSE 8080
# The image has no shell. The first check runs after the interval, so a longer
# one would delay everything that waits for the simulator.
HEALTHCHECK --interval=2s --timeout=10s CMD ["/customerprofiles-simulator", "-check", "http://127.0.0.1:8080"]
# A later -addr replaces this one, so arguments of "docker run" only add flags.
ENTRYPOINT ["/customerprofiles-simulator", "-addr", "0.0.0.0:8080"]
