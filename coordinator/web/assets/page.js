// Keeps the page up to date: asks for its changing part every two seconds and touches only what has changed, so that focus,
// selection and scroll positions stay. When the coordinator does not answer, it says so, with the age of what is shown.

const stale = document.getElementById('stale');
let shownAt = Date.now();

async function refresh() {
  const answer = await fetch(`/fragment${location.pathname}`, { signal: AbortSignal.timeout(5000) });
  if (answer.status === 401) return location.reload();
  if (!answer.ok && answer.status !== 404) throw new Error(`HTTP ${answer.status}`);
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  document.title = next.title;
  update(document.getElementById('main'), next.getElementById('main'));
  shownAt = Date.now();
  stale.hidden = true;
}

function update(from, to) {
  if (from.isEqualNode(to)) return;
  if (
    from.nodeType !== Node.ELEMENT_NODE ||
    from.nodeName !== to.nodeName ||
    from.childNodes.length !== to.childNodes.length
  ) {
    from.replaceWith(to);
    return;
  }
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) from.setAttribute(name, value);
  const children = [...to.childNodes];
  for (const child of [...from.childNodes]) update(child, children.shift());
}

async function tick() {
  try {
    if (!document.hidden) await refresh();
  } catch {
    const seconds = Math.round((Date.now() - shownAt) / 1000);
    stale.textContent = `The coordinator does not answer. What you see is ${seconds} s old.`;
    stale.hidden = false;
  }
  document.body.classList.toggle('stale', !stale.hidden);
  setTimeout(tick, 2000);
}

setTimeout(tick, 2000);
