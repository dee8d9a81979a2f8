import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRunQuery } from '../../../renderer/views/Runs/query.ts';
import { runSummary } from './runSummary.ts';

const runs = [
  runSummary({ name: 'mlp slow', lr: 0.1, intrinsicLr: 0.1 * 0.02, tags: ['paper'] }),
  runSummary({ name: 'MLP fast', lr: 0.3, intrinsicLr: 0.3 * 0.02, tags: ['check again'], state: 'diverged' }),
  runSummary({ name: 'resnet', lr: 1, wd: 0, intrinsicLr: 0, model: 'preresnet-20', dataset: 'cifar10', testAccuracy: null }),
];
const found = (query: string) => runs.filter(parseRunQuery(query).matches).map((run) => run.name);
const problems = (query: string) => parseRunQuery(query).problems;

describe('the filter of the runs table', () => {
  it('lets everything through when it is empty', () => {
    expect(found('')).toHaveLength(3);
    expect(found('   ')).toHaveLength(3);
  });

  it('wants every word somewhere in name, tags, model, dataset or state, in any case', () => {
    expect(found('mlp')).toEqual(['mlp slow', 'MLP fast']);
    expect(found('mlp fast')).toEqual(['MLP fast']);
    expect(found('cifar')).toEqual(['resnet']);
    expect(found('diverged')).toEqual(['MLP fast']);
    expect(found('paper')).toEqual(['mlp slow']);
    expect(found('mlp cifar')).toEqual([]);
  });

  it('compares numbers', () => {
    expect(found('lr>0.1')).toEqual(['MLP fast', 'resnet']);
    expect(found('lr>=0.1')).toHaveLength(3);
    expect(found('lr<0.3')).toEqual(['mlp slow']);
    expect(found('lr:0.3')).toEqual(['MLP fast']);
    expect(found('lr:0.2..1')).toEqual(['MLP fast', 'resnet']);
    expect(found('wd=0')).toEqual(['resnet']);
  });

  it('takes a computed λₑ as equal to what one types', () => {
    const inexact = runSummary({ intrinsicLr: 0.1 * 0.2 });
    expect(inexact.intrinsicLr).not.toBe(0.02);
    for (const query of ['le:0.02', 'le>=0.02', 'le<=2e-2']) expect(parseRunQuery(query).matches(inexact)).toBe(true);
    for (const query of ['le>0.02', 'le<0.02']) expect(parseRunQuery(query).matches(inexact)).toBe(false);
    expect(found('le:6e-3')).toEqual(['MLP fast']);
    expect(found('λₑ>2×10^-3')).toEqual(['MLP fast']);
    expect(found('lambda_e<=0.006')).toHaveLength(3);
  });

  it('does not find a missing value by any comparison', () => {
    for (const query of ['accuracy>0', 'accuracy<1', 'accuracy:0']) expect(found(query)).not.toContain('resnet');
  });

  it('reads fields of text, quotes and negation', () => {
    expect(found('state:diverged')).toEqual(['MLP fast']);
    expect(found('tag:"check again"')).toEqual(['MLP fast']);
    expect(found('"mlp slow"')).toEqual(['mlp slow']);
    expect(found('-mlp')).toEqual(['resnet']);
    expect(found('mlp -state:diverged')).toEqual(['mlp slow']);
  });

  it('says what it cannot understand and filters by the rest', () => {
    expect(problems('size>3')[0]).toContain('size: not a field');
    expect(problems('lr>many')[0]).toContain('many is not a number');
    expect(problems('lr>')[0]).toContain('no value');
    expect(problems('name>b')[0]).toContain('name is text');
    expect(problems('lr:1..x')[0]).toContain('not a range');
    expect(found('size>3 resnet')).toEqual(['resnet']);
  });

  it('understands or explains any text, without failing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const query = parseRunQuery(text);
        for (const run of runs) expect(typeof query.matches(run)).toBe('boolean');
      }),
    );
  });
});
