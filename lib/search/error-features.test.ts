import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/test-cpu-time';
import { errorFeatures } from './error-features';

const PYTHON = `Traceback (most recent call last):
  File "/srv/app/nlp.py", line 12, in load
    return spacy.load(name)
  File "/usr/lib/python3/site-packages/spacy/util.py", line 472, in load_model
    raise IOError(Errors.E050.format(name=name))
OSError: [E050] Can't find model 'zh_core_web_sm'.`;

describe('errorFeatures', () => {
  it('finds codes and exception types', () => {
    const { codes, types } = errorFeatures({ error_message: "OSError: [E050] Can't find model 'zh_core_web_sm'." });
    expect([...codes.values()]).toEqual(['E050']);
    expect([...types.values()]).toEqual(['OSError']);
  });

  it('does not take shouted words for codes', () => {
    expect([...errorFeatures({ error_message: 'npm ERROR code EACCES EXPECTED' }).codes.values()]).toEqual(['EACCES']);
  });

  it('weighs the message above the frames of a traceback', () => {
    const { terms, message } = errorFeatures({ error_message: PYTHON });
    expect(terms.get('model')?.weight).toBe(1);
    expect(terms.get('srv')?.weight).toBeLessThan(0.2);
    expect(message).not.toContain('site-packages');
  });

  it('weighs the keys of a JSON log line below its values', () => {
    const { terms } = errorFeatures({ error_message: '{"hostname":"web","msg":"Reply already sent"}' });
    expect(terms.get('hostnam')?.weight ?? 0).toBeLessThan(terms.get('reply')?.weight ?? 0);
  });

  it('reads a stack sent apart from the message, and the type in front', () => {
    const { types, terms } = errorFeatures({
      error_message: 'boom',
      error_type: 'StripeCardError',
      stack_trace: 'StripeCardError: boom\n    at charge (/app/pay.js:3:1)',
    });
    expect([...types.keys()]).toEqual(['stripecarderror']);
    expect(terms.has('charg')).toBe(true);
  });

  it('stays bounded whatever is sent', () => {
    const error = { error_message: 'x y'.repeat(500_000), stack_trace: 'at a (b:1:1)\n'.repeat(100_000) };
    expect(errorFeatures(error).terms.size).toBeLessThanOrEqual(400);
    expect(cpuMs(() => errorFeatures(error))).toBeLessThan(1000);
  });
});
