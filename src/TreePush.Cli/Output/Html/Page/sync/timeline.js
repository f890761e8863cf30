const columns = [
  { name: 'Host', mark: 'name', key: p => p.host.name },
  { name: 'From', mark: 'name from', key: p => (p.host.from === undefined ? '' : hosts[p.host.from].name) },
  { name: 'Received', mark: 'figure', key: p => (p.host.receipt ? p.host.receipt.received : Infinity) },
  { name: 'Rate', mark: 'figure', key: p => nothingLast(meanRate(p)) },
  { name: 'Timeline', mark: 'time', key: p => nothingLast(p.host.delivered ?? p.first) },
];
const wanted = passages.filter(passage => passage.host.outcome !== 'source');
const choices = [
  ['all', 'all hosts', () => true],
  ['served', 'served', p => p.host.outcome === 'served'],
  ['failed', 'failed', p => p.host.outcome === 'failed'],
  ['not_tried', 'not served', p => p.host.outcome === 'not_tried'],
  ['served_before', 'served before', p => p.host.outcome === 'served_before'],
  ['slow', 'slow', p => p.host.slow],
  ['again', 'more than one link', p => p.to.length > 1],
].filter(choice => wanted.some(choice[2]));

const holds = (passage, text) => passage.host.name.toLowerCase().includes(text) || passage.to.some(link => hosts[link.source].name.toLowerCase().includes(text));

function showTimeline() {
  byId('timeline-legend').append(legend('bar starting', 'relay starting'), legend('bar wait', 'waiting'), legend('bar served', 'receiving'));
  if (data.links.some(link => link.fault)) byId('timeline-legend').append(legend('bar excused', 'failed link'));
  if (wanted.some(p => p.host.outcome === 'failed')) byId('timeline-legend').append(legend('bar failed', 'failed'));
  showTable({ columns, order: columns[4], rows: wanted, choices, holds, rowOf });
}

function rowOf(passage, place) {
  const { host } = passage;
  const from = host.from === undefined ? make('td', { className: 'name from' }) : make('td', { className: 'name from' }, hostButton(host.from));
  const mean = meanRate(passage);
  return make('tr', { 'aria-rowindex': String(place + 2) },
    make('th', { scope: 'row', className: 'name' }, hostButton(passage.index)), from,
    make('td', { className: `figure ${host.receipt ? '' : host.outcome}`, textContent: host.receipt ? size(host.receipt.received) : outcomes[host.outcome] }),
    make('td', { className: 'figure', textContent: mean === null ? '' : rate(mean) }),
    make('td', { className: 'time' }, lane(passage)));
}

function lane({ host, to }) {
  const all = make('div', { className: 'lane' });
  const add = (mark, start, end, lines) => {
    const bar = barOf(mark, start, end - start, () => lines);
    bar.append(make('span', { className: 'unseen', textContent: `${lines.join(', ')}. ` }));
    all.append(bar);
  };
  const end = host.delivered ?? host.lost ?? whole;
  let since = host.opening ?? 0;
  if (host.opening !== undefined) {
    since = host.ready ?? end;
    add('starting', host.opening, since, [`relay starting, ${duration(since - host.opening)}`]);
  }
  for (const link of to) {
    if (link.start > since) add('wait', since, link.start, [`waited ${duration(link.start - since)}`]);
    add(link.fault ? 'excused' : 'served', link.start, link.end, [describe(link), ...(link.fault ? [`${inWords(link.fault)}${link.message ? `: ${shorten(link.message, 160)}` : ''}`] : [])]);
    since = Math.max(since, link.end);
  }
  if (host.ready !== undefined && since < end) add('wait', since, end, [`waited ${duration(end - since)}`]);
  if (host.failure !== undefined) add('failed', Math.max(0, end - whole / 200), end, [shorten(messageOf(data.failures[host.failure]), 200)]);
  return all;
}
