/** Shows a row for each digest. If all hosts have the same manifest, there is one row. */
function showReceipts() {
  const delivered = passages.filter(({ host }) => host.receipt);
  if (delivered.length === 0) return;
  byId('receipts').hidden = false;
  byId('receipts-about').textContent = data.digests.length === 1
    ? `${count(delivered.length, 'host')} served, all with the same manifest. The digest is the SHA-256 over its entries: paths, modes, times, sizes and link targets.`
    : 'Not all hosts have the same manifest: the source changed during the run, or was replaced.';
  const body = make('tbody');
  data.digests.forEach((digest, i) => {
    const of = delivered.filter(({ host }) => host.receipt.digest === i);
    const sum = key => of.reduce((total, { host }) => total + host.receipt[key], 0);
    body.append(make('tr', {}, make('th', { scope: 'row' }, make('code', { className: 'digest', textContent: digest })), make('td', { className: 'figure', textContent: number(of.length) }),
      make('td', { className: 'figure', textContent: size(sum('received')) }), make('td', { className: 'figure', textContent: number(sum('written')) }),
      make('td', { className: 'figure', textContent: number(sum('deleted')) })));
  });
  const head = make('tr', {}, ...['Digest', 'Hosts', 'Received', 'Files written', 'Entries deleted'].map(name => make('th', { scope: 'col', textContent: name })));
  byId('receipt-list').append(make('table', { className: 'failures' }, make('thead', {}, head), body));
}

function showFiles() {
  if (data.files.length === 0) return;
  byId('files').hidden = false;
  const body = make('tbody');
  const more = inPortions(body, data.files, file => make('tr', {}, make('th', { scope: 'row' }, hostButton(file.host)),
    make('td', {}, make('code', { textContent: file.path })), make('td', { textContent: file.message })), 20);
  const head = make('tr', {}, ...['Host', 'Path', 'Warning'].map(name => make('th', { scope: 'col', textContent: name })));
  byId('file-list').append(make('table', { className: 'failures' }, make('thead', {}, head), body), more);
  if (data.file_count > data.files.length) byId('file-list').append(make('p', { className: 'about', textContent: `and ${number(data.file_count - data.files.length)} more, which are in the run's journal` }));
}
