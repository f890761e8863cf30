/** Turns changes, [second, difference], into steps over time, [second, value from then on]. */
function steps(changes, start) {
  // At equal times, ends count before beginnings.
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const points = [[0, start]];
  let value = start;
  for (const [at, change] of changes) {
    value += change;
    if (points.at(-1)[0] === at) points.at(-1)[1] = value;
    else points.push([at, value]);
  }
  points.push([whole, value]);
  return points;
}

/** Shows charts that fill the available width. Each is { id, points, goal, mark, label, tip }. A chart of amounts also has { axis, grid, sloped }: the function that formats its values, the values with grid lines, and whether it rises between its points. */
function showCharts(charts) {
  const redraw = entries => {
    for (const entry of entries) {
      const spec = charts.find(chart => chart.id === entry.target.id);
      const width = Math.floor(entry.contentRect.width);
      if (width > 0) entry.target.replaceChildren(chart(spec, width));
    }
  };
  const watcher = new ResizeObserver(redraw);
  for (const { id } of charts) watcher.observe(byId(id));
  redraw(charts.map(({ id }) => ({ target: byId(id), contentRect: { width: byId(id).clientWidth || 520 } })));
}

/** A curve of steps with its axes, and the value under the pointer. */
function chart(spec, width) {
  const { points, goal, mark, axis, grid, sloped } = spec;
  const [height, left, right, top, bottom] = [210, axis ? 66 : 46, 14, 12, 26];
  const most = Math.max(goal, points.reduce((m, point) => Math.max(m, point[1]), 1));
  const x = at => left + (width - left - right) * Math.min(1, at / whole);
  const y = value => height - bottom - (height - top - bottom) * value / most;
  const picture = draw('svg', { class: `chart ${mark}`, width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': spec.label });
  for (const value of grid ?? ticks(most, 4).filter(Number.isInteger))
    picture.append(draw('line', { class: 'grid', x1: left, x2: width - right, y1: y(value), y2: y(value) }),
      draw('text', { class: 'axis', x: left - 8, y: y(value) + 4, 'text-anchor': 'end' }, axis ? axis(value) : number(value)));
  for (const at of timeTicks(width / 80))
    picture.append(draw('text', { class: 'axis', x: x(at), y: height - 7, 'text-anchor': 'middle' }, clock(at)));
  if (goal > 0) picture.append(draw('line', { class: 'goal', x1: left, x2: width - right, y1: y(goal), y2: y(goal) }));
  const line = sloped ? `M${points.map(point => `${x(point[0]).toFixed(1)} ${y(point[1]).toFixed(1)}`).join('L')}` : stepLine(points, x, y);
  picture.append(draw('path', { class: 'area', d: `M${x(0)} ${y(0)}L${line.slice(1)}V${y(0)}Z` }), draw('path', { class: 'curve', d: line }));
  picture.append(hoverLayer(picture, spec, { x, y, left, right, top, bottom, width, height }));
  return picture;
}

/** The path of a step curve, with at most one stroke for each pixel: from the lowest to the highest value there. */
function stepLine(points, x, y) {
  let path = `M${x(points[0][0]).toFixed(1)} ${y(points[0][1]).toFixed(1)}`;
  for (let i = 1; i < points.length;) {
    const at = x(points[i][0]);
    let [low, high] = [points[i][1], points[i][1]];
    while (i + 1 < points.length && x(points[i + 1][0]) - at < 0.5) {
      i++;
      [low, high] = [Math.min(low, points[i][1]), Math.max(high, points[i][1])];
    }
    path += `H${at.toFixed(1)}${low < high ? `V${y(high).toFixed(1)}V${y(low).toFixed(1)}` : ''}V${y(points[i][1]).toFixed(1)}`;
    i++;
  }
  return path;
}

function hoverLayer(picture, { points, tip }, box) {
  const [line, dot] = [draw('line', { class: 'pointer', y1: box.top, y2: box.height - box.bottom }), draw('circle', { class: 'pointer', r: 4 })];
  const layer = draw('g', { class: 'hover', visibility: 'hidden' }, line, dot);
  picture.addEventListener('pointermove', event => {
    const share = (event.clientX - picture.getBoundingClientRect().left - box.left) / (box.width - box.left - box.right);
    const at = Math.max(0, Math.min(1, share)) * whole;
    const value = valueAt(points, at);
    layer.setAttribute('visibility', 'visible');
    for (const name of ['x1', 'x2']) line.setAttribute(name, box.x(at));
    dot.setAttribute('cx', box.x(at));
    dot.setAttribute('cy', box.y(value));
    showTip([`${clock(at)}`, tip(value)], event.clientX, event.clientY);
  });
  picture.addEventListener('pointerleave', () => {
    layer.setAttribute('visibility', 'hidden');
    hideTip();
  });
  return layer;
}

function valueAt(points, at) {
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (points[middle][0] <= at) low = middle;
    else high = middle - 1;
  }
  return points[low][1];
}
