import { expect, test } from 'vitest';
import type { PriceList } from '../types';
import { readTiers, readTokenPrices, toDraft, toPrices } from './prices';

const full: PriceList = {
  users: {
    tiers: [
      { upTo: 100, price: 500 },
      { upTo: null, price: 400 },
    ],
    minimumCount: 10,
    trialMonths: 2,
    trialDays: 14,
  },
  tokens: [
    { priceClass: '', prompt: 0, completion: 100 },
    { priceClass: 'gross', prompt: 150, completion: 450 },
  ],
  thousandPages: 250,
  storageGigabyte: 12,
  flat: 9900,
  minimum: 0,
  discountBasisPoints: 550,
  tax: 'reduced',
};

test('a price list comes back from the form as it went in', () => {
  expect(toPrices(toDraft(full)).prices).toEqual(full);
  const free = toPrices(toDraft());
  expect(free.prices).toMatchObject({ users: null, tokens: [], flat: 0, tax: 'standard' });
});

test('tiers rise, and only the last has no end', () => {
  expect(readTiers('')).toEqual([]);
  expect(readTiers('5,00')).toEqual([{ upTo: null, price: 500 }]);
  for (const wrong of ['100; 5', '200; 5\n100; 4\n3', '100; 5\n100; 4\n3', 'x; 5\n4', '0; 5\n4', '100; 5; 6\n4', ';\n4'])
    expect([wrong, readTiers(wrong)]).toEqual([wrong, null]);
});

test('each price class stands once, with both its prices', () => {
  expect(readTokenPrices('; 1; 2')).toEqual([{ priceClass: '', prompt: 100, completion: 200 }]);
  for (const wrong of ['gross; 1', 'a; 1; 2\na; 3; 4', 'mit leer; 1; 2', 'a; x; 2', 'a; 1; 2; 3'])
    expect([wrong, readTokenPrices(wrong)]).toEqual([wrong, null]);
});

test('every wrong field is named', () => {
  expect(toPrices({ ...toDraft(full), flat: 'viel', discount: '100,01', trialDays: '1,5' }).wrong).toEqual({
    flat: true,
    discount: true,
    trialDays: true,
  });
});
