import { describe, expect, test } from 'vitest';
import {
  changedPosadaElement,
  mostTags,
  noPosadaFacts,
  posadaElementOf,
  posadaFactsIn,
  posadaNamespace,
  tagsFit,
} from './posada-metadata.ts';

const domain = (metadata: string, more = '') =>
  `<domain type='qemu'${more}><name>a</name><title>&lt;metadata&gt;</title><metadata>${metadata}</metadata></domain>`;
const declared = `xmlns:posada="${posadaNamespace}"`;

function posadaFactsOf(xml: string) {
  const element = posadaElementOf(xml);
  return element === undefined ? noPosadaFacts : posadaFactsIn(element);
}

describe('our element in the XML of a domain', () => {
  test('is there as a whole on one line, as libvirt gives it, whatever others have put there', () => {
    const xml = domain(`<posada:guest ${declared} protected="yes" lab="course">
      <posada:tag>a &amp; b</posada:tag>
      <posada:later since="2">two  words<x:y xmlns:x="urn:x" z="1"/></posada:later>
    </posada:guest>`);
    expect(posadaElementOf(xml)).toBe(
      '<guest protected="yes" lab="course"><tag>a &amp; b</tag>' +
        '<later since="2">two  words<x:y xmlns:x="urn:x" z="1"/></later></guest>',
    );
  });
});

describe('our facts in the XML of a domain', () => {
  test('are its protection and its tags, sorted, each once', () => {
    const xml = domain(`<posada:guest ${declared} protected="yes">
      <posada:tag>web</posada:tag>
      <posada:tag> db </posada:tag>
      <posada:tag>web</posada:tag>
    </posada:guest>`);
    expect(posadaFactsOf(xml)).toEqual({ protected: true, tags: ['db', 'web'] });
  });

  test.each([
    ['no metadata at all', "<domain type='qemu'><name>a</name></domain>"],
    ['the metadata of others', domain('<o:guest xmlns:o="urn:other" protected="yes"><o:tag>x</o:tag></o:guest>')],
    ['our namespace elsewhere', domain(`<o:x xmlns:o="urn:o">${posadaNamespace}</o:x>`)],
    ['our prefix for another namespace', domain(`<posada:guest xmlns:posada="urn:o" a="${posadaNamespace}"/>`)],
  ])('are none with %s', (_title, xml) => {
    expect(posadaFactsOf(xml)).toEqual(noPosadaFacts);
  });

  test.each([
    ['another prefix', domain(`<x:guest xmlns:x="${posadaNamespace}" protected="yes"><x:tag>é1</x:tag></x:guest>`)],
    ['no prefix', domain(`<guest xmlns="${posadaNamespace}" protected="yes"><tag>&#xe9;&#49;</tag></guest>`)],
    [
      'a declaration above',
      domain('<p:guest protected="yes"><p:tag>é1</p:tag></p:guest>', ` xmlns:p="${posadaNamespace}"`),
    ],
  ])('are found with %s', (_title, xml) => {
    expect(posadaFactsOf(xml)).toEqual({ protected: true, tags: ['é1'] });
  });

  test('are only tags that can be typed, and no more than a guest may have', () => {
    const many = Array.from({ length: 50 }, (_, at) => `<tag>t${at}</tag>`).join('');
    const { tags } = posadaFactsIn(`<guest><tag>two words</tag><tag>a&amp;b</tag><tag/><tag><b/></tag>${many}</guest>`);
    expect(tags).toHaveLength(mostTags);
    expect(tags.every((tag) => /^t\d+$/.test(tag))).toBe(true);
    expect(tagsFit(`<guest>${many}</guest>`)).toBe(false);
    expect(tagsFit(changedPosadaElement(undefined, { add: tags }) ?? '')).toBe(true);
  });

  test('are none where protection says anything but yes', () => {
    expect(posadaFactsIn('<guest protected="no"/>')).toEqual(noPosadaFacts);
  });

  test('are not read out of a text with a document type', () => {
    expect(() => posadaFactsIn('<!DOCTYPE guest [<!ENTITY a "b">]><guest><tag>&a;</tag></guest>')).toThrow();
  });
});

describe('our element after a change', () => {
  test('is made where there was none', () => {
    const made = changedPosadaElement(undefined, { protected: true, add: ['db', 'web', 'db'] });
    expect(made).toBe('<guest protected="yes"><tag>db</tag><tag>web</tag></guest>');
    expect(posadaFactsIn(made ?? '')).toEqual({ protected: true, tags: ['db', 'web'] });
  });

  test('keeps what other versions have put there', () => {
    const before = `<guest xmlns:o="urn:o" protected="yes" o:extra="1 &quot;&lt;" other="2">
  <tag>db</tag>
  <!-- c -->
  <o:thing a="&lt;b&quot;">x &amp; y<![CDATA[<y>]]></o:thing>
  <new>
    <deep/>
  </new>
</guest>
`;
    const after = changedPosadaElement(before, { protected: false, add: ['é'], remove: ['db'] }) ?? '';
    expect(posadaFactsIn(after)).toEqual({ protected: false, tags: ['é'] });
    for (const kept of [
      ...['xmlns:o="urn:o"', 'o:extra="1 &quot;&lt;"', 'other="2"', '<!-- c -->', '<deep/>'],
      '<o:thing a="&lt;b&quot;">x &amp; y<![CDATA[<y>]]></o:thing>',
    ]) {
      expect(after).toContain(kept);
    }
    expect(after).not.toContain('protected');
  });

  test('keeps the protection when only tags change', () => {
    const after = changedPosadaElement('<guest protected="yes"><tag>a</tag></guest>', { add: ['b'], remove: ['a'] });
    expect(posadaFactsIn(after ?? '')).toEqual({ protected: true, tags: ['b'] });
    expect(changedPosadaElement('<guest protected="later"/>', { add: ['b'] })).toContain('protected="later"');
  });

  test('does not write a tag twice', () => {
    expect(changedPosadaElement('<guest><tag>a&#98;</tag></guest>', { add: ['ab'] })).toBe(
      '<guest><tag>a&#98;</tag></guest>',
    );
  });

  test('is nothing when nothing is left', () => {
    expect(
      changedPosadaElement('<guest protected="yes">\n  <tag>a</tag>\n</guest>', { protected: false, remove: ['a'] }),
    ).toBe(null);
    expect(changedPosadaElement(undefined, { remove: ['a'] })).toBe(null);
  });

  test('says what is no tag as text, never as markup', () => {
    const made = changedPosadaElement(undefined, { add: [`<x a="'&`] });
    expect(made).toBe('<guest><tag>&lt;x a=&quot;&apos;&amp;</tag></guest>');
  });
});
