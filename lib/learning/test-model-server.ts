import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Only for tests: a real HTTP server that speaks the protocol of OpenAI's chat completions, well or badly. */
export interface ModelServer {
  /** Base URL, with `/v1`. */
  url: string;
  /** Bodies of the questions, as they came. */
  asked: { body: ChatRequest; authorization: string | undefined }[];
  close(): Promise<void>;
}

interface ChatRequest {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string }[];
  response_format?: { type: string };
}

export type Behaviour = (response: ServerResponse, body: ChatRequest) => void | Promise<void>;

const chunk = (content: string) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'test',
  choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
});

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

function end(response: ServerResponse): void {
  const last = { ...chunk(''), choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
  response.write(`data: ${JSON.stringify(last)}\n\n`);
  const usage = { ...chunk(''), choices: [], usage: { prompt_tokens: 90, completion_tokens: 10, total_tokens: 100 } };
  response.write(`data: ${JSON.stringify(usage)}\n\n`);
  response.end('data: [DONE]\n\n');
}

/** Streams this text in small pieces. */
export const answers =
  (text: string | ((body: ChatRequest) => string)): Behaviour =>
  (response, body) => {
    const whole = typeof text === 'string' ? text : text(body);
    begin(response);
    for (let at = 0; at < whole.length; at += 17)
      response.write(`data: ${JSON.stringify(chunk(whole.slice(at, at + 17)))}\n\n`);
    end(response);
  };

/** Begins to answer and never ends. */
export const dribbles: Behaviour = (response) => {
  begin(response);
  const timer = setInterval(() => response.write(`data: ${JSON.stringify(chunk(' '))}\n\n`), 20);
  response.on('close', () => clearInterval(timer));
};

export const refuses =
  (status: number): Behaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '30' });
    response.end(JSON.stringify({ error: { message: 'no', type: 'refused', code: status } }));
  };

/** What is no event stream at all. */
export const talksNonsense: Behaviour = (response) => {
  begin(response);
  response.end('data: {"choices": [{"delta": \n\n<html>busy</html>');
};

/** Cuts the connection in the middle of the answer. */
export const hangsUp: Behaviour = (response) => {
  begin(response);
  response.write(`data: ${JSON.stringify(chunk('{"statements":[{"field":'))}\n\n`);
  setTimeout(() => response.destroy(), 20);
};

export async function startModelServer(behave: { current: Behaviour }): Promise<ModelServer> {
  const asked: ModelServer['asked'] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString() || '{}') as ChatRequest;
    asked.push({ body, authorization: request.headers.authorization });
    if (request.url !== '/v1/chat/completions') return refuses(404)(response, body);
    await behave.current(response, body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
