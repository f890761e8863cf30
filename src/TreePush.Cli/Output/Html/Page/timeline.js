/** More rows than this are made only while they are in sight. */
const mostRows = 500;
const rowHeight = 28;
const names = new Intl.Collator('en', { numeric: true });
const nothingLast = value => value ?? Infinity;
const columns = [
  { name: 'Host', mark: 'name', key: p => p.host.name },
  { name: 'From', mark: 'name from', key: p => (p.host.from === undefined ? '' : hosts[p.host.from].name) },
  { name: 'Tries', mark: 'figure tries', key: p => p.to.length },
  { name: 'Took', mark: 'figure', key: p => nothingLast(p.took) },
  { name: 'In time', mark: 'time', key: p => nothingLast(p.ended ?? p.first) },
];
const table = { order: columns[4], backwards: false, text: '', outcome: 'all', rows: [], first: -1, last: -1 };
const wanted = passages.filter(passage => passage.host.outcome !== 'source');
const choices = [
  ['all', 'all hosts', () => true],
  ['served', 'served', p => p.host.outcome === 'served'],
  ['failed', 'failed', p => p.host.outcome === 'failed'],
  ['not_tried', 'not tried', p => p.host.outcome === 'not_tried'],
  ['served_before', 'served before', p => p.host.outcome === 'served_before'],
  ['again', 'tried more than once', p => p.to.length > 1],
].filter(choice => wanted.some(choice[2]));

function showTimeline() {
  const [box, head, body] = [byId('timeline-box'), make('tr'), make('tbody')];
  for (const column of columns) head.append(headOf(column));
  box.append(make('table', { className: 'timeline', 'aria-rowcount': String(wanted.length + 1) }, make('thead', {}, head), body));
  for (const [value, text] of choices) byId('timeline-outcome').append(make('option', { value, textContent: text }));
  byId('timeline-filter').oninput = event => arrange({ text: event.target.value });
  byId('timeline-outcome').onchange = event => arrange({ outcome: event.target.value });
  box.addEventListener('scroll', () => showRows(false));
  new ResizeObserver(() => showRows(false)).observe(box);
  addEventListener('beforeprint', () => showRows(true));
  addEventListener('afterprint', () => arrange({}));
  byId('timeline-legend').append(legend('bar served', 'served'), legend('bar wait', 'waiting'));
  if (transfers.some(transfer => transfer.failure !== undefined)) byId('timeline-legend').append(legend('bar failed', 'failed'));
  if (transfers.some(transfer => transfer.excused)) byId('timeline-legend').append(legend('bar excused', 'failed, and laid on the source'));
  arrange({});
}

/** A column's heading: a press sorts by it, one more turns the order. */
function headOf(column) {
  const button = make('button', { type: 'button', textContent: column.name });
  button.onclick = () => arrange({ order: column, backwards: table.order === column && !table.backwards });
  column.head = make('th', { scope: 'col', className: column.mark }, button);
  if (column.mark !== 'time') return column.head;
  const axis = make('span', { className: 'ticks', 'aria-hidden': 'true' });
  // The column has about half of the table; its name stands where the first seconds are.
  const width = Math.max(120, byId('timeline-box').clientWidth * 0.48);
  const times = timeTicks(Math.max(2, width / 85));
  byId('timeline-box').style.setProperty('--tick', `${100 * (times[1] ?? whole) / whole}%`);
  for (const at of times.filter(t => t > whole * 82 / width && t < whole * (1 - 18 / width))) {
    const tick = make('i', { textContent: clock(at) });
    tick.style.left = `${100 * at / whole}%`;
    axis.append(tick);
  }
  column.head.append(axis);
  return column.head;
}

function arrange(changes) {
  Object.assign(table, changes);
  const text = table.text.trim().toLowerCase();
  const chosen = choices.find(choice => choice[0] === table.outcome)[2];
  const key = table.order.key;
  table.rows = wanted.filter(p => chosen(p) && (text === '' || holds(p, text)))
    .map(p => [key(p), p])
    .sort(([a, p], [b, q]) => (typeof a === 'string' ? names.compare(a, b) : a === b ? 0 : a - b) || p.index - q.index)
    .map(pair => pair[1]);
  if (table.backwards) table.rows.reverse();
  for (const column of columns) {
    if (column === table.order) column.head.setAttribute('aria-sort', table.backwards ? 'descending' : 'ascending');
    else column.head.removeAttribute('aria-sort');
  }
  byId('timeline-count').textContent = table.rows.length === wanted.length ? count(wanted.length, 'host') : `${number(table.rows.length)} of ${count(wanted.length, 'host')}`;
  byId('timeline-box').scrollTop = 0;
  table.first = -1;
  showRows(false);
}

const holds = (passage, text) => passage.host.name.toLowerCase().includes(text) || passage.to.some(t => hosts[t.source].name.toLowerCase().includes(text));

/** Makes the rows in sight and a few around them; blank space stands for the others. */
function showRows(forPrint) {
  const [box, total] = [byId('timeline-box'), table.rows.length];
  const all = total <= mostRows;
  const first = all || forPrint ? 0 : Math.max(0, Math.min(total, Math.floor(box.scrollTop / rowHeight)) - 20);
  const last = all ? total : forPrint ? mostRows : Math.min(total, first + Math.ceil(box.clientHeight / rowHeight) + 40);
  if (first === table.first && last === table.last) return;
  [table.first, table.last] = [first, last];
  const space = rows => {
    const cell = make('td', { colSpan: columns.length });
    cell.style.height = `${rows * rowHeight}px`;
    return make('tr', { className: 'space', 'aria-hidden': 'true' }, cell);
  };
  const made = table.rows.slice(first, last).map((passage, i) => rowOf(passage, first + i));
  if (forPrint && last < total) made.push(make('tr', {}, make('td', { colSpan: columns.length, textContent: `and ${number(total - last)} more` })));
  box.querySelector('tbody').replaceChildren(...(first > 0 ? [space(first)] : []), ...made, ...(last < total && !forPrint ? [space(total - last)] : []));
}

function rowOf(passage, place) {
  const { host, to } = passage;
  const from = host.from === undefined ? make('td', { className: 'name from' }) : make('td', { className: 'name from' }, hostButton(host.from));
  const took = passage.took === null ? outcomes[host.outcome] : duration(passage.took);
  const row = make('tr', { 'aria-rowindex': String(place + 2) },
    make('th', { scope: 'row', className: 'name' }, hostButton(passage.index)), from,
    make('td', { className: 'figure tries', textContent: to.length > 0 ? String(to.length) : '' }),
    make('td', { className: `figure ${passage.took === null ? host.outcome : ''}`, textContent: took }),
    make('td', { className: 'time' }, barsOf(passage)));
  return row;
}

function barsOf(passage) {
  const lane = make('div', { className: 'lane' });
  let since = 0;
  for (const transfer of passage.to) {
    if (transfer.start > since) lane.append(barOf('wait', since, transfer.start - since, () => [`waited ${duration(transfer.start - since)}`]));
    const failure = transfer.failure === undefined ? null : data.failures[transfer.failure];
    const mark = failure === null ? 'served' : transfer.excused ? 'excused' : 'failed';
    const lines = () => [describe(transfer), ...(failure ? [shorten(messageOf(failure), 200), transfer.excused ? 'laid on the source' : ''].filter(Boolean) : ['served'])];
    const bar = barOf(mark, transfer.start, transfer.seconds, lines);
    bar.append(make('span', { className: 'unseen', textContent: `${describe(transfer)}: ${failure ? messageOf(failure) : 'served'}. ` }));
    lane.append(bar);
    since = transfer.end;
  }
  if (passage.host.outcome === 'not_tried') lane.append(barOf('wait', since, whole - since, () => ['waited to the end of the run']));
  return lane;
}

function barOf(mark, start, seconds, tip) {
  const bar = make('span', { className: `bar ${mark}` });
  bar.style.left = `${100 * start / whole}%`;
  bar.style.width = `${100 * seconds / whole}%`;
  bar.tip = tip;
  return bar;
}
