-- Whose department a run's use counts for: that of its owner at the time of the order.
alter table runs add column department text;
