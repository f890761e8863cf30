const data = JSON.parse(document.getElementById('data').textContent);
const hosts = data.hosts;
const whole = Math.max(data.seconds, 0.001);
const byId = id => document.getElementById(id);
const drawingSpace = document.querySelector('svg').namespaceURI;

/** Makes an element. Text from hosts and commands is inserted as text, never as markup. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** Makes an element of a drawing. */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(drawingSpace, tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

const number = n => n.toLocaleString('en');
const count = (n, one, many = one + 's') => `${number(n)} ${n === 1 ? one : many}`;

/** Formats durations like the command line: 0.34 s, 12.3 s, 4 min 05 s, 2 h 03 min. */
function duration(seconds) {
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const two = n => String(Math.floor(n)).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(seconds / 60 % 60)} min`;
}

/** Formats a time of the run briefly, for axes. */
function clock(seconds) {
  if (whole < 100) return `${+seconds.toFixed(whole < 10 ? 2 : 1)} s`;
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.round(seconds) % 60];
  const two = n => String(n).padStart(2, '0');
  return h > 0 || whole >= 36000 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Returns round values from 0 to top, about as many as wanted. */
function ticks(top, wanted, steps = [1, 2, 5, 10]) {
  const scale = 10 ** Math.floor(Math.log10(top / wanted));
  const step = steps.map(s => s * scale).find(s => top / s <= wanted) ?? 10 * scale;
  const values = [];
  for (let i = 0; i * step <= top * 1.0001; i++) values.push(+(i * step).toPrecision(10));
  return values;
}

/** Returns times for an axis. From 100 s on they are round minutes or hours. */
function timeTicks(wanted) {
  if (whole < 100) return ticks(whole, wanted);
  const step = [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400].find(s => whole / s <= wanted) ?? 86400 * 7;
  return Array.from({ length: Math.floor(whole / step) + 1 }, (_, i) => i * step);
}

const shorten = (text, most) => (text.length > most ? text.slice(0, most - 1) + '…' : text);
const kindOf = failure => failure.kind.replaceAll('_', ' ');
const messageOf = failure => failure.message ?? `${kindOf(failure)} (the message is in the run's log; with it, this page would be too large)`;
const outcomes = { source: 'source', served_before: 'served before', served: 'served', failed: 'failed', not_tried: 'not tried' };

/** A host's name as a button that opens the host's card. */
function hostButton(index) {
  return make('button', { type: 'button', className: `host ${hosts[index].outcome}`, textContent: hosts[index].name, title: hosts[index].name, onclick: () => openCard(index) });
}

/** The hosts from a first source to this one. */
function wayTo(index) {
  const way = [index];
  for (let at = hosts[index].from; at !== undefined && way.length <= hosts.length; at = hosts[at].from) way.unshift(at);
  return way;
}

/** Shows a host's card: its name, its outcome, the path of the files to it, and further parts. */
function showCard(index, state, parts) {
  const [host, card, way] = [hosts[index], byId('card'), wayTo(index)];
  const close = make('button', { type: 'button', className: 'close', 'aria-label': 'Close', textContent: '×', onclick: () => card.close() });
  const steps = make('ol', { className: 'steps' });
  for (const step of way) steps.append(make('li', {}, step === index ? make('b', { className: 'host', textContent: host.name }) : hostButton(step)));
  const all = [close, make('h2', { id: 'card-title', className: 'host', textContent: host.name }), make('p', { className: `state ${host.outcome}`, textContent: state }),
    way.length > 1 ? make('h3', { textContent: host.outcome === 'failed' ? 'Last tried from' : 'Path of the files' }) : null,
    way.length > 1 ? steps : null, ...parts];
  card.replaceChildren(...all.filter(part => part !== null));
  if (!card.open) card.showModal();
}

/** A failure as text: message, hint, last lines. */
function failureText(failure, excused = false, open = false) {
  const text = make('div', { className: 'why' }, make('p', { className: 'message', textContent: messageOf(failure) }));
  if (excused) text.append(make('p', { className: 'hint', textContent: 'the source was at fault, not this host' }));
  if (failure.hint) text.append(make('p', { className: 'hint', textContent: `hint: ${failure.hint}` }));
  if (failure.tail) text.append(make('details', { open }, make('summary', { textContent: 'last lines of the output' }), make('pre', { tabIndex: 0, textContent: failure.tail.join('\n') })));
  return text;
}

/** A legend's entry: a mark and its meaning. */
const legend = (mark, text) => make('span', {}, make('i', { className: `mark ${mark}`, 'aria-hidden': 'true' }), text);

/** Shows rows in portions, so that a list of thousands opens at once. */
function inPortions(list, items, row, portion) {
  let shown = 0;
  const more = make('button', { type: 'button', className: 'more' });
  const show = () => {
    list.append(...items.slice(shown, shown + portion).map(row));
    shown = Math.min(items.length, shown + portion);
    portion *= 4;
    more.textContent = `Show more (${number(items.length - shown)} left)`;
    more.hidden = shown >= items.length;
  };
  more.onclick = show;
  show();
  return more;
}
