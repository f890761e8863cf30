function showGrowth() {
  const served = steps(hosts.filter(host => host.outcome === 'served').map(host => [host.delivered, 1]), tally.served_before + tally.skipped);
  const last = served.at(-1)[1];
  const half = served.find(point => point[1] * 2 >= last);
  const flow = [[0, 0], ...data.received.map(point => [point.at, point.bytes])];
  flow.push([whole, flow.at(-1)[1]]);
  const most = Math.max(flow.at(-1)[1], 1);
  const grid = gridOf(most);
  showCharts([
    { id: 'received-chart', points: flow, goal: 0, mark: 'running', axis: size, grid, sloped: true, tip: value => `${size(value)} received`, label: `All hosts together received ${size(most)} in ${duration(whole)}.` },
    { id: 'served-chart', points: served, goal: tally.targets, mark: 'served', tip: value => `${count(value, 'host')} served`,
      label: `Hosts served over time: ${number(last)} in the end, half of them by ${clock(half[0])}.` },
  ]);
}

/** Returns round sizes up to most, in the unit in which most is shown. */
function gridOf(most) {
  const unit = 1024 ** Math.floor(Math.log(most) / Math.log(1024));
  return ticks(most / unit, 4).map(value => value * unit);
}
