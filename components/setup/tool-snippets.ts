import type { Snippet } from './snippets';

/** Programs and pipelines that no SDK sits in. */
export function toolSnippets(origin: string, key: string): Snippet[] {
  return [
    {
      id: 'otlp',
      label: 'OpenTelemetry',
      language: 'bash',
      code: `# Any OpenTelemetry SDK or collector, over HTTP: exceptions in logs and spans become errors
export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20${key}"
export OTEL_SERVICE_NAME=checkout

# Or try it by hand
curl -X POST ${origin}/v1/logs \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"resourceLogs": [{
    "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "checkout"}}]},
    "scopeLogs": [{"logRecords": [{
      "severityNumber": 17,
      "severityText": "ERROR",
      "body": {"stringValue": "Could not reach the payment service"},
      "attributes": [
        {"key": "exception.type", "value": {"stringValue": "ConnectionError"}},
        {"key": "exception.message", "value": {"stringValue": "Could not reach the payment service"}}
      ]
    }]}]
  }]}'`,
    },
    {
      id: 'docker',
      label: 'Docker build',
      language: 'bash',
      code: `# In the checkout of Errata: npm link puts the command errata on the path
export ERRATA_URL=${origin}
export ERRATA_KEY=${key}

# Output and exit code pass through; a failed build becomes an error with the end of its output
errata run --service checkout-image --context "docker build" -- docker build --progress=plain .`,
    },
    {
      id: 'ci',
      label: 'CI',
      language: 'yaml',
      code: `# .github/workflows/test.yml: curl is enough; keep the key in the repository's secrets as ERRATA_KEY (${key})
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: set -o pipefail; npm test 2>&1 | tee test.log
        shell: bash
      - name: Tell Errata
        if: failure()
        shell: bash
        env:
          ERRATA_KEY: \${{ secrets.ERRATA_KEY }}
        run: |
          tail -c 8000 test.log | jq -Rs --arg context "$GITHUB_REPOSITORY $GITHUB_REF_NAME" \\
            '{service: "ci", context: $context, error_type: "TestFailure",
              error_message: (split("\\n") | map(select(. != "")) | last // "tests failed"),
              severity: "high", stack_trace: .}' |
          curl -sS -X POST ${origin}/errors -H "Authorization: Bearer $ERRATA_KEY" \\
            -H 'Content-Type: application/json' -d @-`,
    },
  ];
}
