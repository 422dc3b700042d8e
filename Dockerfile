# One image with the program and the embedding model in it. The corpus lives in a volume on /data.
#
#   docker build -t routewijzer .
#   docker build -t routewijzer --build-arg PACKAGES="ocrmypdf tesseract-ocr-nld" .   # reads scans

FROM python:3.11-slim AS build
# PyTorch's own index has the small build, without graphics libraries.
ARG PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
ENV PIP_EXTRA_INDEX_URL=$PIP_EXTRA_INDEX_URL PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/routewijzer
WORKDIR /src
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY assistant assistant
COPY cli cli
COPY corpus corpus
COPY eval eval
COPY ingest ingest
COPY web web
# The lock file holds what development needs, too; as a constraint it only says which release.
RUN /opt/routewijzer/bin/pip install --constraint requirements.lock ".[oidc,postgres,redis]"
RUN ROUTEWIJZER_MODEL_DIR=/opt/models ROUTEWIJZER_DATA_DIR=/src/none \
    /opt/routewijzer/bin/routewijzer setup --model-only

FROM python:3.11-slim
ARG PACKAGES=""
RUN if [ -n "$PACKAGES" ]; then \
      apt-get update && apt-get install -y --no-install-recommends $PACKAGES \
      && rm -rf /var/lib/apt/lists/*; \
    fi
RUN useradd --system --uid 10001 --user-group --home-dir /data routewijzer \
    && install -d -o routewijzer -g routewijzer -m 0750 /data /backups
COPY --from=build /opt/routewijzer /opt/routewijzer
COPY --from=build /opt/models /opt/models
# A folder below the volume: a restored corpus takes the place of the old one by a rename, and a
# mount itself cannot be renamed.
ENV PATH=/opt/routewijzer/bin:$PATH \
    ROUTEWIJZER_DATA_DIR=/data/corpus \
    ROUTEWIJZER_MODEL_DIR=/opt/models \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER routewijzer
WORKDIR /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
# `setup` publishes the first edition in an empty volume, and does nothing after that.
CMD ["sh", "-c", "routewijzer setup && exec routewijzer serve --host 0.0.0.0 --port 8000"]
