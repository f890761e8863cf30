const served = steps(transfers.filter(transfer => transfer.failure === undefined).map(transfer => [transfer.end, 1]), tally.served_before + tally.skipped);
const running = steps(transfers.flatMap(transfer => [[transfer.start, 1], [transfer.end, -1]]), 0);

function showGrowth() {
  const highest = points => points.reduce((best, point) => (point[1] > best[1] ? point : best), points[0]);
  const [most, all] = [highest(running), highest(served)];
  const half = served.find(point => point[1] * 2 >= all[1]);
  showCharts([
    { id: 'served-chart', points: served, goal: tally.targets, mark: 'served', tip: value => `${count(value, 'host')} served`,
      label: `Hosts served over time: ${number(all[1])} in the end, half of them by ${clock(half[0])}, the last at ${clock(all[0])}.` },
    { id: 'running-chart', points: running, goal: 0, mark: 'running', tip: value => `${count(value, 'transfer')} running`,
      label: `Concurrent transfers: at most ${number(most[1])}, at ${clock(most[0])}.` },
  ]);
}

function showRounds() {
  const rounds = Array.from({ length: tally.rounds }, () => ({ served: 0, until: 0, took: 0 }));
  for (const { host, ended, took } of passages) {
    if (host.round === undefined) continue;
    const round = rounds[host.round - 1];
    round.served++;
    round.until = Math.max(round.until, ended);
    round.took += took;
  }
  if (rounds.length === 0) return byId('rounds').append(make('p', { className: 'about', textContent: 'This part of the run served no host.' }));
  const most = Math.max(...rounds.map(round => round.served));
  const body = make('tbody');
  rounds.forEach((round, i) => {
    const bar = make('span', { className: 'bar' });
    bar.style.width = `${100 * round.served / most}%`;
    body.append(make('tr', {}, make('th', { scope: 'row', textContent: String(i + 1) }), make('td', { textContent: number(round.served) }),
      make('td', { className: 'wide' }, bar), make('td', { textContent: duration(round.took / round.served) }), make('td', { textContent: clock(round.until) })));
  });
  const names = ['Round', 'Hosts', '', 'Mean duration', 'Last served at'];
  const head = make('thead', {}, make('tr', {}, ...names.map(name => name ? make('th', { scope: 'col', textContent: name }) : make('td', { className: 'wide' }))));
  byId('rounds').append(make('table', { className: 'small' }, head, body));
}
