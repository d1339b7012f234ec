import { sdkSnippets } from './sdk-snippets';
import { toolSnippets } from './tool-snippets';

export interface Snippet {
  id: string;
  label: string;
  /** For the highlighter. */
  language: string;
  code: string;
}

/** Where a project takes errors: the address of this Errata, the project's key, and both as SDKs want them. */
export interface Connection {
  origin: string;
  key: string;
  dsn: string;
}

/** How to send a first error to `POST {origin}/errors`, per language. Each is complete: paste it and run it. */
export function snippets({ origin, key, dsn }: Connection): Snippet[] {
  const url = `${origin}/errors`;
  return [
    {
      id: 'curl',
      label: 'curl',
      language: 'bash',
      code: `curl -X POST ${url} \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{
    "service": "checkout",
    "context": "POST /orders",
    "error_type": "ConnectionError",
    "error_message": "Could not reach the payment service: connection refused",
    "severity": "high"
  }'`,
    },
    {
      id: 'node',
      label: 'Node.js',
      language: 'javascript',
      code: `// errata.mjs: needs Node 18 or newer, nothing to install
export function report(error, context = '') {
  return fetch('${url}', {
    method: 'POST',
    headers: { authorization: 'Bearer ${key}', 'content-type': 'application/json' },
    body: JSON.stringify({
      service: 'checkout',
      context,
      error_type: error.name,
      error_message: error.message,
      severity: 'high',
      stack_trace: error.stack,
    }),
  });
}

process.on('uncaughtException', async (error) => {
  await report(error, 'uncaught');
  process.exit(1);
});

await report(new Error('First error from Node'));`,
    },
    {
      id: 'browser',
      label: 'Browser',
      language: 'javascript',
      code: `// The key may be public: it can send errors, not read them
function report(error, context) {
  fetch('${url}', {
    method: 'POST',
    keepalive: true,
    headers: { authorization: 'Bearer ${key}', 'content-type': 'application/json' },
    body: JSON.stringify({
      service: 'web',
      context,
      error_type: error.name,
      error_message: error.message,
      severity: 'medium',
      stack_trace: error.stack,
    }),
  });
}

addEventListener('error', (event) => report(event.error ?? new Error(event.message), location.pathname));
addEventListener('unhandledrejection', (event) => report(event.reason, location.pathname));`,
    },
    {
      id: 'python',
      label: 'Python',
      language: 'python',
      code: `# errata.py: the standard library is enough
import json
import traceback
import urllib.request


def report(error: BaseException, context: str = "") -> None:
    body = {
        "service": "checkout",
        "context": context,
        "error_type": type(error).__name__,
        "error_message": str(error),
        "severity": "high",
        "stack_trace": "".join(traceback.format_exception(error)),
    }
    urllib.request.urlopen(
        urllib.request.Request(
            "${url}",
            data=json.dumps(body).encode(),
            headers={"Authorization": "Bearer ${key}", "Content-Type": "application/json"},
        ),
        timeout=5,
    )


try:
    raise RuntimeError("First error from Python")
except RuntimeError as error:
    report(error, "example")`,
    },
    {
      id: 'go',
      label: 'Go',
      language: 'go',
      code: `package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
)

func report(err error, context string) error {
	body, _ := json.Marshal(map[string]string{
		"service":       "checkout",
		"context":       context,
		"error_type":    fmt.Sprintf("%T", err),
		"error_message": err.Error(),
		"severity":      "high",
		"stack_trace":   string(debug.Stack()),
	})
	request, _ := http.NewRequest("POST", "${url}", bytes.NewReader(body))
	request.Header.Set("Authorization", "Bearer ${key}")
	request.Header.Set("Content-Type", "application/json")
	response, failure := http.DefaultClient.Do(request)
	if failure != nil {
		return failure
	}
	return response.Body.Close()
}

func main() {
	report(errors.New("first error from Go"), "example")
}`,
    },
    {
      id: 'java',
      label: 'Java',
      language: 'java',
      code: `// Report.java: java Report.java (Java 17 or newer, nothing to install)
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

public class Report {
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\\\') out.append('\\\\').append(c);
      else if (c < ' ') out.append(String.format("\\\\u%04x", (int) c));
      else out.append(c);
    }
    return out.append('"').toString();
  }

  static void report(Throwable error, String context) throws Exception {
    StringWriter stack = new StringWriter();
    error.printStackTrace(new PrintWriter(stack));
    String body = "{\\"service\\":\\"checkout\\",\\"severity\\":\\"high\\",\\"context\\":" + quote(context)
        + ",\\"error_type\\":" + quote(error.getClass().getSimpleName())
        + ",\\"error_message\\":" + quote(String.valueOf(error.getMessage()))
        + ",\\"stack_trace\\":" + quote(stack.toString()) + "}";
    HttpRequest request = HttpRequest.newBuilder(URI.create("${url}"))
        .header("Authorization", "Bearer ${key}")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
  }

  public static void main(String[] args) throws Exception {
    report(new IllegalStateException("First error from Java"), "example");
  }
}`,
    },
    {
      id: 'rust',
      label: 'Rust',
      language: 'rust',
      code: `// cargo add ureq --features json && cargo add serde_json
use serde_json::json;

fn report(error: &dyn std::error::Error, context: &str) -> Result<(), ureq::Error> {
    ureq::post("${url}")
        .header("Authorization", "Bearer ${key}")
        .send_json(json!({
            "service": "checkout",
            "context": context,
            "error_type": "Error",
            "error_message": error.to_string(),
            "severity": "high",
            "stack_trace": std::backtrace::Backtrace::force_capture().to_string(),
        }))?;
    Ok(())
}

fn main() {
    let error = std::io::Error::other("first error from Rust");
    report(&error, "example").expect("Errata answers");
}`,
    },
    ...sdkSnippets(dsn),
    ...toolSnippets(origin, key),
  ];
}
