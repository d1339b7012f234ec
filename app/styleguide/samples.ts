/** Made-up figures: the same at every visit, so that pictures of the page can be compared. */
const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 10, 14);
const BUCKETS = 56;

export const times = Array.from({ length: BUCKETS }, (_, index) => new Date(START + index * 3 * HOUR_MS).toISOString());

const wave = (index: number, size: number, shift: number): number =>
  Math.max(0, Math.round(size * (1 + Math.sin((index + shift) / 4)) + ((index * 7919 + shift * 31) % 13)));

export const levels = [
  { key: 'warning', label: 'Warning', color: 'var(--warning)', values: times.map((_, index) => wave(index, 9, 2)) },
  { key: 'error', label: 'Error', color: 'var(--error)', values: times.map((_, index) => wave(index, 24, 5)) },
  { key: 'fatal', label: 'Fatal', color: 'var(--critical)', values: times.map((_, index) => (index > 40 ? 6 : 1)) },
];

export const before = times.map((_, index) => wave(index, 38, 11));

export const services = ['orders', 'billing', 'event-store', 'web'].map((name, shift) => ({
  key: name,
  label: name,
  values: times.map((_, index) =>
    shift === 2 && index > 18 && index < 26 ? null : wave(index, 14 + shift * 6, shift * 9),
  ),
}));

export const rate = [
  {
    key: 'verified',
    label: 'Verified',
    values: times.map((_, index) => 0.58 + 0.2 * Math.sin(index / 9) + ((index * 37) % 10) / 200),
  },
  {
    key: 'claimed',
    label: 'Claimed',
    values: times.map((_, index) => 0.78 + 0.12 * Math.sin(index / 9) + ((index * 37) % 10) / 250),
  },
];

export const markers = [
  { time: times[12]!, kind: 'release' as const, label: '2.14.0' },
  { time: times[30]!, kind: 'fix' as const, label: 'ERROR-007' },
  { time: times[42]!, kind: 'regression' as const, label: 'API-42' },
];

export const code = `def load_model(name: str):
    try:
        return spacy.load(name)  # needs the package on disk
    except OSError as error:
        raise ModelMissing(f"{name}: {error!r}") from error
`;

export const markdown = `## What happens
The worker starts before the model is there. See [the notes](https://example.com/notes) and \`Dockerfile\`.

1. Install the model **in the image**, not at start.
2. Check it in CI.

\`\`\`bash
python -m spacy download zh_core_web_sm
\`\`\`

- [x] covered by a test
- [ ] rule in the linter

| Release | Events |
|---|---|
| 1.4.0 | 312 |
| 1.4.1 | 0 |

> The fix held for thirty days.
`;
