import { findMissingTools, go, java, maven, python, requireTools, terraform } from './preflight.ts';

const answers = (outputs: Record<string, string>) => async (command: string) => outputs[command];
const allFine = {
  java: 'openjdk version "17.0.15" 2025-04-15',
  mvn: 'Apache Maven 3.8.7',
  python3: 'Python 3.11.7',
  terraform: 'Terraform v1.11.4',
  go: 'go version go1.26.8 linux/amd64',
};
const everything = [java, maven, python, terraform, go];

describe('the check before anything is downloaded', () => {
  it('finds nothing wrong on a machine that has all tools', async () => {
    expect(await findMissingTools(everything, answers(allFine))).toEqual([]);
  });

  it('names every missing tool at once, each in one sentence with its remedy', async () => {
    const sentences = await findMissingTools(everything, answers({ java: allFine.java }));
    expect(sentences).toHaveLength(4);
    expect(sentences[0]).toMatch(/^Maven 3\.6 or newer is missing: install it .*apt install maven.*\.$/);
    expect(sentences[2]).toMatch(/^Terraform 1\.11 or newer is missing: install it/);
  });

  it('says which version is there when it is too old', async () => {
    const [sentence] = await findMissingTools([java], answers({ java: 'java version "1.8.0_292"' }));
    expect(sentence).toMatch(/^Java 8 is too old, 17 or newer is needed: /);
  });

  it('notices a Go that cannot build the provider', async () => {
    const [sentence] = await findMissingTools([go], answers({ go: 'go version go1.24.1 linux/amd64' }));
    expect(sentence).toMatch(/^Go 1\.24\.1 is too old, 1\.25 or newer is needed: .*Terraform registry is not reached/);
  });

  it('tells of a Python without its venv module', async () => {
    const [sentence] = await findMissingTools([python], answers({ python3: 'Python 3.11.7\nno venv' }));
    expect(sentence).toMatch(/^Python lacks its venv module: .*python3-venv/);
  });

  it('does not trust a command that tells no version', async () => {
    const [sentence] = await findMissingTools(
      [terraform],
      answers({ terraform: 'pyenv: terraform: command not found' }),
    );
    expect(sentence).toMatch(/^Terraform \("terraform"\) does not tell its version; 1\.11 or newer is needed/);
  });

  it('fails with one line a problem', async () => {
    await expect(requireTools([java, maven], answers({}))).rejects.toThrow(/^Java .*\nMaven .*$/);
  });
});
