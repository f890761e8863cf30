const tally = data.counts;

function showHeader() {
  document.title = `TreePush run ${data.run}`;
  byId('headline').textContent = headline();
  const [mark, words] = verdict();
  byId('outcome').classList.add(mark);
  byId('outcome').textContent = words;
  showShare();
  showFigures();
  showFacts();
  for (const note of data.notes) byId('notes').append(make('li', {}, make('time', { textContent: clock(note.at) }), noteText(note)));
}

function headline() {
  const who = tally.served === tally.targets
    ? (tally.targets === 1 ? 'The one host is served' : `All ${number(tally.targets)} hosts served`)
    : `${number(tally.served)} of ${count(tally.targets, 'host')} served`;
  return `${who} in ${duration(data.seconds)}`;
}

/** How the run ended, in the words of its exit code. */
function verdict() {
  if (data.interrupted) return ['warned', `Interrupted (exit ${data.exit_code})`];
  if (tally.served === tally.targets) return ['served', `Success (exit ${data.exit_code})`];
  if (data.exit_code === 0) return ['served', 'As many as were asked for (exit 0)'];
  return ['failed', `Not all hosts have the files (exit ${data.exit_code})`];
}

function showShare() {
  const parts = [['served', tally.served], ['failed', tally.failed], ['not-tried', tally.not_tried]].filter(part => part[1] > 0);
  byId('share').setAttribute('aria-label', parts.map(([name, n]) => `${number(n)} ${name.replace('-', ' ')}`).join(', '));
  for (const [name, n] of parts) {
    const part = make('span', { className: name });
    part.style.flexGrow = n;
    byId('share').append(part);
  }
}

function showFigures() {
  const failed = transfers.filter(transfer => transfer.failure !== undefined).length;
  const time = transfers.reduce((sum, transfer) => sum + transfer.seconds, 0);
  const before = [tally.served_before > 0 ? `${number(tally.served_before)} before` : '', tally.skipped > 0 ? `${number(tally.skipped)} as sources` : ''];
  const figures = [
    ['Served', tally.served, before.filter(Boolean).join(', '), 'served'],
    ['Failed', tally.failed, tally.failed > 0 ? 'reasons below' : '', tally.failed > 0 ? 'failed' : ''],
    ['Not tried', tally.not_tried, '', tally.not_tried > 0 ? 'warned' : ''],
    ['Rounds', tally.rounds, 'the tree’s depth', ''],
    ['Transfers', transfers.length, failed > 0 ? `${number(failed)} failed` : 'none failed', ''],
    ['At once', running.reduce((most, point) => Math.max(most, point[1]), 0), `on average ${(time / whole).toFixed(1)}`, ''],
  ];
  for (const [name, value, more, mark] of figures)
    byId('figures').append(make('div', { className: mark }, make('dt', { textContent: name }), make('dd', {}, number(value), make('small', { textContent: more }))));
}

function showFacts() {
  const sources = hosts.flatMap((host, index) => host.outcome === 'source' ? [index] : []);
  const names = make('span', { className: 'names' }, ...sources.slice(0, 8).map(hostButton));
  if (sources.length > 8) names.append(` and ${number(sources.length - 8)} more`);
  const found = data.notes.filter(note => note.what === 'slots').at(-1);
  const slots = data.slots ?? (found ? `auto, ${found.count} at the end` : 'auto');
  const started = new Date(data.started);
  const time = make('time', { textContent: started.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'long' }), title: started.toISOString() });
  time.dateTime = started.toISOString();
  const facts = [
    ['Run', make('span', { className: 'mono', textContent: data.run })],
    ['Command', make('code', { className: 'command', textContent: data.command })],
    ['Started', time],
    ['Took', duration(data.seconds)],
    [sources.length === 1 ? 'Source' : 'Sources', names],
    ['At once on each source (-m)', String(slots)],
    ['Retries (-r)', String(data.retries)],
  ];
  for (const [name, value] of facts) byId('facts').append(make('dt', { textContent: name }), make('dd', {}, value));
}

function noteText(note) {
  switch (note.what) {
    case 'paused': return 'paused: nothing new was started';
    case 'continued': return 'went on';
    case 'stopping': return 'stopped by the user: what ran could end';
    case 'killing': return 'stopped by the user: what ran was ended';
    case 'slots': return `-m auto: ${count(note.count, 'transfer')} at once on each source from here on`;
    case 'exhausted': return `no source was left that could serve the remaining ${count(note.count, 'host')}`;
    default: return note.what;
  }
}

/** Links to the sections that have something to show. */
function showSections() {
  for (const section of document.querySelectorAll('main > section:not([hidden])'))
    byId('sections').append(make('li', {}, make('a', { href: `#${section.id}`, textContent: section.querySelector('h2').textContent })));
}
