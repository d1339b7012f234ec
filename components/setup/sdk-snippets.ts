import type { Snippet } from './snippets';

/** Frameworks, by the Sentry SDK: it knows their requests, users and breadcrumbs. It wants the DSN. */
export function sdkSnippets(dsn: string): Snippet[] {
  return [
    {
      id: 'fastapi',
      label: 'FastAPI',
      language: 'python',
      code: `# pip install "sentry-sdk[fastapi]"
import sentry_sdk
from fastapi import FastAPI

# Before the app is made; requests that fail are captured from then on
sentry_sdk.init(
    dsn="${dsn}",
    environment="production",
    release="checkout@1.0.0",
)

app = FastAPI()


@app.get("/first-error")
def first_error():
    raise RuntimeError("First error from FastAPI")`,
    },
    {
      id: 'django',
      label: 'Django',
      language: 'python',
      code: `# pip install "sentry-sdk[django]", then at the end of settings.py
import sentry_sdk

sentry_sdk.init(
    dsn="${dsn}",
    environment="production",
    release="shop@1.0.0",
)

# Send a first one: python manage.py shell -c "import sentry_sdk; sentry_sdk.capture_message('First error from Django', 'error')"`,
    },
    {
      id: 'sdk',
      label: 'Sentry SDK',
      language: 'javascript',
      code: `// npm install @sentry/node (or @sentry/browser, @sentry/react, …); every Sentry SDK takes this DSN
import * as Sentry from '@sentry/node';

Sentry.init({
  dsn: '${dsn}',
  environment: 'production',
  release: 'checkout@1.0.0',
});

Sentry.captureException(new Error('First error from the SDK'));
await Sentry.flush(2000);`,
    },
  ];
}
