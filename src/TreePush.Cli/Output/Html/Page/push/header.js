function figures() {
  const failed = transfers.filter(transfer => transfer.failure !== undefined).length;
  const time = transfers.reduce((sum, transfer) => sum + transfer.seconds, 0);
  const before = [tally.served_before > 0 ? `${number(tally.served_before)} before` : '', tally.skipped > 0 ? `${number(tally.skipped)} as sources` : ''];
  return [
    ['Served', tally.served, before.filter(Boolean).join(', '), 'served'],
    ['Failed', tally.failed, tally.failed > 0 ? 'reasons below' : '', tally.failed > 0 ? 'failed' : ''],
    ['Not tried', tally.not_tried, '', tally.not_tried > 0 ? 'warned' : ''],
    ['Rounds', tally.rounds, 'depth of the tree', ''],
    ['Transfers', transfers.length, failed > 0 ? `${number(failed)} failed` : 'none failed', ''],
    ['Concurrent', running.reduce((most, point) => Math.max(most, point[1]), 0), `on average ${(time / whole).toFixed(1)}`, ''],
  ];
}

function facts() {
  const found = data.notes.filter(note => note.what === 'slots').at(-1);
  const slots = data.slots ?? (found ? `auto, ${found.count} at the end` : 'auto');
  return [['Concurrent transfers per source (-m)', String(slots)], ['Retries (-r)', String(data.retries)]];
}

function noteText(note) {
  switch (note.what) {
    case 'paused': return 'paused: no new transfers started';
    case 'continued': return 'continued';
    case 'stopping': return 'stopped by the user: running transfers were allowed to end';
    case 'killing': return 'stopped by the user: running transfers were ended';
    case 'slots': return `-m auto: ${count(note.count, 'transfer')} at once on each source from here on`;
    case 'exhausted': return `no source was left for the remaining ${count(note.count, 'host')}`;
    default: return note.what;
  }
}
