/** If there are more rows than this, only those in sight are made. */
const mostRows = 500;
const rowHeight = 28;
const names = new Intl.Collator('en', { numeric: true });
const nothingLast = value => value ?? Infinity;

/** The timeline's table. showTable adds what it shows: { columns, order, rows, choices, holds, rowOf }. */
const table = { backwards: false, text: '', outcome: 'all', shown: [], first: -1, last: -1 };

function showTable(given) {
  Object.assign(table, given);
  const [box, head, body] = [byId('timeline-box'), make('tr'), make('tbody')];
  for (const column of table.columns) head.append(headOf(column));
  box.append(make('table', { className: 'timeline', 'aria-rowcount': String(table.rows.length + 1) }, make('thead', {}, head), body));
  for (const [value, text] of table.choices) byId('timeline-outcome').append(make('option', { value, textContent: text }));
  byId('timeline-filter').oninput = event => arrange({ text: event.target.value });
  byId('timeline-outcome').onchange = event => arrange({ outcome: event.target.value });
  box.addEventListener('scroll', () => showRows(false));
  new ResizeObserver(() => showRows(false)).observe(box);
  addEventListener('beforeprint', () => showRows(true));
  addEventListener('afterprint', () => arrange({}));
  arrange({});
}

/** A column's heading: a press sorts by it, a second press reverses the order. */
function headOf(column) {
  const button = make('button', { type: 'button', textContent: column.name });
  button.onclick = () => arrange({ order: column, backwards: table.order === column && !table.backwards });
  column.head = make('th', { scope: 'col', className: column.mark }, button);
  if (column.mark !== 'time') return column.head;
  const axis = make('span', { className: 'ticks', 'aria-hidden': 'true' });
  // The column takes about half of the table. Its name covers the first seconds.
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
  const chosen = table.choices.find(choice => choice[0] === table.outcome)[2];
  const key = table.order.key;
  table.shown = table.rows.filter(p => chosen(p) && (text === '' || table.holds(p, text)))
    .map(p => [key(p), p])
    .sort(([a, p], [b, q]) => (typeof a === 'string' ? names.compare(a, b) : a === b ? 0 : a - b) || p.index - q.index)
    .map(pair => pair[1]);
  if (table.backwards) table.shown.reverse();
  for (const column of table.columns) {
    if (column === table.order) column.head.setAttribute('aria-sort', table.backwards ? 'descending' : 'ascending');
    else column.head.removeAttribute('aria-sort');
  }
  byId('timeline-count').textContent = table.shown.length === table.rows.length ? count(table.rows.length, 'host') : `${number(table.shown.length)} of ${count(table.rows.length, 'host')}`;
  byId('timeline-box').scrollTop = 0;
  table.first = -1;
  showRows(false);
}

/** Makes the rows in sight and a few around them. Blank space replaces the others. */
function showRows(forPrint) {
  const [box, total] = [byId('timeline-box'), table.shown.length];
  const all = total <= mostRows;
  const first = all || forPrint ? 0 : Math.max(0, Math.min(total, Math.floor(box.scrollTop / rowHeight)) - 20);
  const last = all ? total : forPrint ? mostRows : Math.min(total, first + Math.ceil(box.clientHeight / rowHeight) + 40);
  if (first === table.first && last === table.last) return;
  [table.first, table.last] = [first, last];
  const space = rows => {
    const cell = make('td', { colSpan: table.columns.length });
    cell.style.height = `${rows * rowHeight}px`;
    return make('tr', { className: 'space', 'aria-hidden': 'true' }, cell);
  };
  const made = table.shown.slice(first, last).map((passage, i) => table.rowOf(passage, first + i));
  if (forPrint && last < total) made.push(make('tr', {}, make('td', { colSpan: table.columns.length, textContent: `and ${number(total - last)} more` })));
  box.querySelector('tbody').replaceChildren(...(first > 0 ? [space(first)] : []), ...made, ...(last < total && !forPrint ? [space(total - last)] : []));
}

function barOf(mark, start, seconds, tip) {
  const bar = make('span', { className: `bar ${mark}` });
  bar.style.left = `${100 * start / whole}%`;
  bar.style.width = `${100 * seconds / whole}%`;
  bar.tip = tip;
  return bar;
}
