const tally = data.counts;

/** @param noteText returns the text of a note about the whole run */
function showHeader(noteText) {
  document.title = `TreePush run ${data.run}`;
  byId('headline').textContent = headline();
  const [mark, words] = verdict();
  byId('outcome').classList.add(mark);
  byId('outcome').textContent = words;
  showShare();
  for (const note of data.notes) byId('notes').append(make('li', {}, make('time', { textContent: clock(note.at) }), noteText(note)));
}

function headline() {
  const who = tally.served === tally.targets
    ? (tally.targets === 1 ? '1 host served' : `All ${number(tally.targets)} hosts served`)
    : `${number(tally.served)} of ${count(tally.targets, 'host')} served`;
  return `${who} in ${duration(data.seconds)}`;
}

/** How the run ended, and its exit code. */
function verdict() {
  if (data.interrupted) return ['warned', `Interrupted (exit ${data.exit_code})`];
  if (tally.served === tally.targets) return ['served', `Success (exit ${data.exit_code})`];
  if (data.exit_code === 0) return ['served', 'As many hosts served as requested (exit 0)'];
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

/** Shows the key figures of the run: [name, number or text, small print, mark]. */
function showFigures(figures) {
  for (const [name, value, more, mark] of figures)
    byId('figures').append(make('div', { className: mark }, make('dt', { textContent: name }),
      make('dd', {}, typeof value === 'number' ? number(value) : value, make('small', { textContent: more }))));
}

/** Shows the facts that all runs have, and those of this run's job: [name, text or element]. */
function showFacts(facts) {
  const sources = hosts.flatMap((host, index) => host.outcome === 'source' ? [index] : []);
  const names = make('span', { className: 'names' }, ...sources.slice(0, 8).map(hostButton));
  if (sources.length > 8) names.append(` and ${number(sources.length - 8)} more`);
  const started = new Date(data.started);
  const time = make('time', { textContent: started.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'long' }), title: started.toISOString() });
  time.dateTime = started.toISOString();
  const all = [
    ['Run', make('span', { className: 'mono', textContent: data.run })],
    ['Command', make('code', { className: 'command', textContent: data.command })],
    ['Started', time],
    ['Duration', duration(data.seconds)],
    [sources.length === 1 ? 'Source' : 'Sources', names],
    ...facts,
  ];
  for (const [name, value] of all) byId('facts').append(make('dt', { textContent: name }), make('dd', {}, value));
}

/** Links to the sections that are not empty. */
function showSections() {
  for (const section of document.querySelectorAll('main > section:not([hidden])'))
    byId('sections').append(make('li', {}, make('a', { href: `#${section.id}`, textContent: section.querySelector('h2').textContent })));
}
