const sizes = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const rates = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'];

/** Formats amounts like the command line: three digits and a unit. */
function amount(value, step, units) {
  let unit = 0;
  for (; value >= step - 0.5 && unit < units.length - 1; unit++) value /= step;
  return `${+value.toFixed(unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)} ${units[unit]}`;
}

const size = bytes => amount(bytes, 1024, sizes);
const rate = bytesPerSecond => amount(bytesPerSecond * 8, 1000, rates);

/** The links to and from each host, including failed links. */
const passages = hosts.map((host, index) => ({ host, index, to: [], gave: 0, first: null }));
for (const link of data.links) {
  link.seconds = link.end - link.start;
  passages[link.target].to.push(link);
  passages[link.target].first ??= link.start;
  passages[link.source].gave++;
}

const inWords = fault => fault.replaceAll('_', ' ');

function describe(link) {
  const way = link.relayed ? ' (through the controller)' : '';
  return `from ${hosts[link.source].name}${way} at ${clock(link.start)}, for ${duration(link.seconds)}`;
}

/** A host's mean rate from its first link on. */
function meanRate({ host, first }) {
  if (!host.receipt || host.receipt.received === 0 || first === null || host.delivered <= first) return null;
  return host.receipt.received / (host.delivered - first);
}

function needText(need) {
  const others = need.changes - need.files;
  const parts = [need.files > 0 ? `${count(need.files, 'file')} to receive, ${size(need.bytes)}` : '',
    others > 0 ? `${count(others, 'other entry', 'other entries')} to change` : '', need.deletions > 0 ? `${count(need.deletions, 'entry', 'entries')} to delete` : ''];
  return parts.filter(Boolean).join('; ') || 'nothing to do';
}

function stateOf({ host }) {
  if (host.outcome === 'served') return `has everything since ${clock(host.delivered)}`;
  if (host.outcome === 'not_tried' && host.need) return needText(host.need);
  return outcomes[host.outcome];
}

function openCard(index) {
  const passage = passages[index];
  const { host } = passage;
  const links = make('ol', { className: 'attempts' });
  for (const link of passage.to)
    links.append(make('li', { className: link.fault ? 'failed' : 'served' }, make('span', { textContent: describe(link) }),
      link.fault ? make('p', { className: 'why', textContent: `${inWords(link.fault)}${link.message ? `: ${link.message}` : ''}` }) : null));
  const says = [
    host.need ? `Need: ${needText(host.need)}.` : '',
    host.receipt ? `It received ${size(host.receipt.received)}, passed on ${size(host.receipt.sent)}, wrote ${count(host.receipt.written, 'file')} and deleted ${count(host.receipt.deleted, 'entry', 'entries')}.` : '',
    passage.gave > 0 ? `${count(passage.gave, 'host')} received from it.` : '',
    host.slow ? `At ${clock(host.slow.at)} it received ${rate(host.slow.rate)}, while others received ${rate(host.slow.typical)}, and was demoted.` : '',
    host.excluded ? `It is excluded as a parent: ${host.excluded}` : '',
  ];
  showCard(index, stateOf(passage), [
    host.failure === undefined ? null : failureText(data.failures[host.failure]),
    passage.to.length > 0 ? make('h3', { textContent: count(passage.to.length, 'link') }) : null, links,
    make('p', { textContent: says.filter(Boolean).join(' ') })]);
}
