import { type CliWorld, createCliWorld, portsWith } from '../../test/cli-world.ts';

let world: CliWorld;

beforeEach(() => {
  world = createCliWorld();
});
afterEach(() => world.end());

function runArgs(): string[] {
  const files = { policy: 'policy.json', tfvars: 'tfvars.json', previous: 'sizing.json' };
  const options = Object.entries(files).flatMap(([option, name]) => [`--${option}`, world.path(name)]);
  return ['run', '--environment', 'local', ...options];
}

test('without any sizing it asks for --first, and changes nothing', async () => {
  await expect(world.scale(...runArgs())).resolves.toBe(2);
  expect(world.said[0]).toMatch(/say --first if nothing is installed yet$/);
  expect(world.commands).toEqual([]);
});

test('observes, decides, applies, and remembers', async () => {
  await expect(world.scale(...runArgs(), '--first')).resolves.toBe(0);
  expect(world.commands).toEqual(['terraform topics apply', 'terraform pipeline apply']);
  expect(world.read('sizing.json').carried.endpoints).toEqual({ sms: 300 });
  await expect(world.scale(...runArgs())).resolves.toBe(0);
  expect(world.commands).toHaveLength(2);
  expect(world.said.at(-1)).toMatch(/^No change/);
  expect(world.read('sizing.json').carried.targets.sms).toHaveLength(2);
});

test('--dry-run shows the sizing and writes nothing', async () => {
  await expect(world.scale(...runArgs(), '--first', '--dry-run')).resolves.toBe(0);
  expect(world.printed).toContain('Verdict: change');
  expect(world.commands).toEqual([]);
  expect(world.exists('tfvars.json')).toBe(false);
  expect(world.exists('sizing.json')).toBe(false);
});

test('a lost history shrinks nothing: the sizing in force is the beginning', async () => {
  world.ports = portsWith(200_000);
  await world.scale(...runArgs(), '--first');
  world.remove('sizing.json');
  world.ports = portsWith(10);
  await expect(world.scale(...runArgs())).resolves.toBe(0);
  expect(world.said.some((sentence) => sentence.includes('nothing shrinks until enough new runs agree'))).toBe(true);
  expect(world.read('tfvars.json').scaling.channels.sms.active_partitions).toBe(10);
  expect(world.read('sizing.json').reasons.map(({ code }: { code: string }) => code)).toContain('SHRINK_WAITING');
});

test('a lost file in force stops everything, even with --first', async () => {
  await world.scale(...runArgs(), '--first');
  world.remove('tfvars.json');
  await expect(world.scale(...runArgs(), '--first')).resolves.toBe(2);
  expect(world.said.at(-1)).toMatch(/is gone but .* exists: restore its last good version/);
  expect(world.commands).toHaveLength(2);
});

test('a failed count holds: exit code 3, nothing applied, the capacity remembered', async () => {
  await world.scale(...runArgs(), '--first');
  world.ports = { ...portsWith(0), countEndpoints: () => Promise.reject(new Error('throttled')) };
  await expect(world.scale(...runArgs())).resolves.toBe(3);
  expect(world.commands).toHaveLength(2);
  expect(world.said.some((sentence) => sentence.includes('endpoint counts (Error: throttled)'))).toBe(true);
  expect(world.read('sizing.json').capacity.control.channels.sms.activePartitions).toBe(2);
});

test('the file in force is the truth when the remembered sizing is older', async () => {
  await world.scale(...runArgs(), '--first');
  const older = world.read('sizing.json');
  world.ports = portsWith(200_000);
  await world.scale(...runArgs());
  world.write('sizing.json', older);
  world.ports = portsWith(300);
  await world.scale(...runArgs());
  expect(world.said.some((sentence) => sentence.includes('which is in force'))).toBe(true);
  expect(world.read('tfvars.json').scaling.channels.sms.active_partitions).toBe(10);
});

test('a failed apply is exit code 1, and nothing is remembered', async () => {
  world.terraformFailure = 'terraform apply of topics failed (exit code 1)';
  await expect(world.scale(...runArgs(), '--first')).resolves.toBe(1);
  expect(world.said.at(-1)).toBe('terraform apply of topics failed (exit code 1)');
  expect(world.exists('tfvars.json')).toBe(false);
  expect(world.exists('sizing.json')).toBe(false);
});
