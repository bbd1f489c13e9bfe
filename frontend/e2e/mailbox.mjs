// A mailbox for specs: letters as somebody writes them, in a real Dovecot on the loopback address.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const tree = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Starts the server with these letters. KONTOR_MAILBOX names the program if it is built already. */
export async function startMailbox(letters) {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-letters-'));
  let count = 0;
  const write = (raw) => {
    const file = join(folder, `${String(count++).padStart(3, '0')}.eml`);
    writeFileSync(file, raw);
    return file;
  };
  const built = process.env.KONTOR_MAILBOX;
  const [program, ...args] = built ? [built] : ['go', 'run', './mailsync/mailtest/mailbox'];
  const server = spawn(program, [...args, ...letters.map(write)], { cwd: tree, stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  server.stderr.on('data', (data) => (complaint += data));
  const ended = once(server, 'exit');
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) {
    await ended;
    rmSync(folder, { recursive: true });
    throw new Error(`The mailbox did not start: ${complaint}`);
  }
  return {
    ...JSON.parse(first.value),
    deliver: async (raw) => {
      server.stdin.write(`${write(raw)}\n`);
      await lines.next();
    },
    stop: async () => {
      server.stdin.end();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

const encoded = (text) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
const word = (text) => (/^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`);

const part = ({ type = 'text/plain; charset=utf-8', content, name, id }) =>
  [
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: base64',
    ...(id ? [`Content-ID: <${id}>`, 'Content-Disposition: inline'] : []),
    ...(name ? [`Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`] : []),
    '',
    encoded(content),
  ].join('\r\n');

const multipart = (kind, parts) => {
  const boundary = `=_${kind}${parts.length}`;
  const all = parts.map((p) => `--${boundary}\r\n${p}\r\n`).join('');
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${all}--${boundary}--\r\n`;
};

/** A letter: its head, its text, its page with pictures that stand in it, and its files. */
export function letter({
  from,
  to,
  cc,
  subject,
  at,
  id,
  answers,
  more = [],
  text = '',
  html,
  pictures = [],
  files = [],
}) {
  let body = part({ content: text });
  if (html) {
    const page = part({ type: 'text/html; charset=utf-8', content: html });
    const related = pictures.length > 0 ? multipart('related', [page, ...pictures.map(part)]) : page;
    body = multipart('alternative', [body, related]);
  }
  if (files.length > 0) body = multipart('mixed', [body, ...files.map(part)]);
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    ...(cc ? [`Cc: ${cc}`] : []),
    `Subject: ${word(subject)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@mail.example>`,
    ...(answers ? [`In-Reply-To: <${answers}@mail.example>`] : []),
    'MIME-Version: 1.0',
    ...more,
  ];
  return `${head.join('\r\n')}\r\n${body}`;
}

/** Somebody's name and address, as a head has them. */
export const named = (name, address) => `${word(name)} <${address}>`;
