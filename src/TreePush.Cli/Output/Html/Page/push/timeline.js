const columns = [
  { name: 'Host', mark: 'name', key: p => p.host.name },
  { name: 'From', mark: 'name from', key: p => (p.host.from === undefined ? '' : hosts[p.host.from].name) },
  { name: 'Tries', mark: 'figure tries', key: p => p.to.length },
  { name: 'Duration', mark: 'figure', key: p => nothingLast(p.took) },
  { name: 'Timeline', mark: 'time', key: p => nothingLast(p.ended ?? p.first) },
];
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
  byId('timeline-legend').append(legend('bar served', 'served'), legend('bar wait', 'waiting'));
  if (transfers.some(transfer => transfer.failure !== undefined)) byId('timeline-legend').append(legend('bar failed', 'failed'));
  if (transfers.some(transfer => transfer.excused)) byId('timeline-legend').append(legend('bar excused', 'failed, the source was at fault'));
  showTable({ columns, order: columns[4], rows: wanted, choices, holds, rowOf });
}

const holds = (passage, text) => passage.host.name.toLowerCase().includes(text) || passage.to.some(t => hosts[t.source].name.toLowerCase().includes(text));

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
    const lines = () => [describe(transfer), ...(failure ? [shorten(messageOf(failure), 200), transfer.excused ? 'the source was at fault' : ''].filter(Boolean) : ['served'])];
    const bar = barOf(mark, transfer.start, transfer.seconds, lines);
    bar.append(make('span', { className: 'unseen', textContent: `${describe(transfer)}: ${failure ? messageOf(failure) : 'served'}. ` }));
    lane.append(bar);
    since = transfer.end;
  }
  if (passage.host.outcome === 'not_tried') lane.append(barOf('wait', since, whole - since, () => ['waited until the end of the run']));
  return lane;
}
