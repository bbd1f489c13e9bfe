// Looks into the real window through WebKit's inspector protocol, which builds with the tag devtools answer.
import WebSocket from 'ws';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until the answer is true; says what was waited for when it never is. */
export async function until(what, ask, patience = 30_000) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await pause(20);
  }
}

const page = (port) =>
  fetch(`http://127.0.0.1:${port}/`)
    .then((answer) => answer.text())
    .then((html) => /\/socket\/\d+\/\d+\/WebPage/.exec(html)?.[0])
    .catch(() => undefined);

/** Connects to the page and gives a function that evaluates an expression in it. */
export async function inspect(port) {
  const path = await until('the inspector', () => page(port));
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  const answers = new Map();
  let target;
  let count = 0;
  socket.on('message', (data) => {
    const { method, params } = JSON.parse(data);
    if (method === 'Target.targetCreated') target ??= params.targetInfo.targetId;
    if (method === 'Target.didCommitProvisionalTarget') target = params.newTargetId;
    if (method !== 'Target.dispatchMessageFromTarget') return;
    const message = JSON.parse(params.message);
    answers.get(message.id)?.(message);
    answers.delete(message.id);
  });
  await until('the page', () => target);
  const evaluate = async (expression) => {
    const id = ++count;
    const message = JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression, returnByValue: true } });
    const answered = new Promise((resolve) => answers.set(id, resolve));
    socket.send(JSON.stringify({ id, method: 'Target.sendMessageToTarget', params: { targetId: target, message } }));
    const answer = await answered;
    if (answer.result?.wasThrown) throw new Error(`${expression}: ${answer.result.result.description}`);
    return answer.result?.result.value;
  };
  return { evaluate, close: () => socket.close() };
}
