const received = hosts.reduce((sum, host) => sum + (host.receipt ? host.receipt.received : 0), 0);

function figures() {
  const before = [tally.served_before > 0 ? `${number(tally.served_before)} before` : '', tally.skipped > 0 ? `${number(tally.skipped)} as sources` : ''];
  const broken = data.links.filter(link => link.fault).length;
  const slow = hosts.filter(host => host.slow).length;
  return [
    [data.dry_run ? 'Asked' : 'Served', tally.served, before.filter(Boolean).join(', '), 'served'],
    ['Failed', tally.failed, tally.failed > 0 ? 'reasons below' : '', tally.failed > 0 ? 'failed' : ''],
    ['Not served', tally.not_tried, '', tally.not_tried > 0 && !data.dry_run ? 'warned' : ''],
    ['Received in total', size(received), data.scan ? `of ${size(data.scan.bytes)} at the source` : '', ''],
    ['Total rate', rate(received / whole), 'over the whole run', ''],
    ['Links', data.links.length, [broken > 0 ? `${number(broken)} failed` : 'none failed', slow > 0 ? `${number(slow)} slow` : ''].filter(Boolean).join(', '), ''],
  ];
}

function facts() {
  const scan = data.scan ? `${count(data.scan.entries, 'entry', 'entries')}, ${size(data.scan.bytes)}` : 'not listed completely';
  return [['SRC', scan], ['Topology', data.topology]];
}

function noteText(note) {
  const who = note.host === undefined ? '' : hosts[note.host].name;
  switch (note.what) {
    case 'stopping': return 'stopped by the user: hosts that were nearly done were allowed to finish';
    case 'killing': return 'stopped by the user: all transfers were ended';
    case 'topology': return `topology: ${note.text}`;
    case 'replaced': return `the source ${note.text} was lost; ${who}, which has everything, took its place`;
    case 'source_lost': return `${who} was lost: ${note.text}`;
    case 'exhausted': return `no source was left for the remaining ${count(note.count, 'host')}`;
    default: return note.what;
  }
}
