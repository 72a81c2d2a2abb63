// Installs what package-lock.json names, once per checkout. Exit code 75: the registry cannot be reached, everything else is in order.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const unreachable = 75;
const folder = fileURLToPath(new URL('.', import.meta.url));
const stamp = `${folder}node_modules/.installed`;
const wanted = createHash('sha256').update(readFileSync(`${folder}package-lock.json`)).digest('hex');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
  process.exit(0);
}

const command = 'npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1';
const { status, stdout, stderr } = spawnSync(command, { cwd: folder, encoding: 'utf8', shell: true });
if (status === 0) {
  writeFileSync(stamp, wanted);
  process.exit(0);
}

const text = `${stdout}${stderr}`.trim();
const noNetwork = /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH)|network|ERR_SOCKET_TIMEOUT|FETCH_ERROR/.test(text);
process.stderr.write(`\`${command}\` in tests/clients ended with ${status}:\n${text}\n`);
process.exit(noNetwork ? unreachable : 1);
