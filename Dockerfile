# Build: the wheel, with htmx in it.
FROM python:3.13-slim AS build
RUN apt-get update && apt-get install --no-install-recommends -y make npm && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make static/vendor/htmx.min.js && test -s static/vendor/htmx.min.js
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /dist .

# Run: the locked packages and that wheel, as a user of its own, data in /data; fonts for the pictures of quotes.
FROM python:3.13-slim
RUN apt-get update && apt-get install --no-install-recommends -y fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
COPY requirements.lock /tmp/
COPY --from=build /dist/ /tmp/dist/
RUN pip install --no-cache-dir --require-hashes -r /tmp/requirements.lock \
 && pip install --no-cache-dir --no-deps /tmp/dist/*.whl \
 && rm -r /tmp/dist /tmp/requirements.lock \
 && useradd --system --uid 10001 --home-dir /data --create-home variorum
ENV VARIORUM_DATABASE_URL=sqlite:////data/variorum.db
USER variorum
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["variorum", "serve", "--host", "0.0.0.0", "--port", "8000"]
