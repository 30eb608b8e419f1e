-- Reranking is used and billed too.
alter table usage_ledger
  drop constraint usage_ledger_kind_check,
  add constraint usage_ledger_kind_check check (kind in ('answer', 'embedding', 'rerank'));
