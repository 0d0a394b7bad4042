-- The core figures of Loudou from its exported event log, in portable SQL: common table expressions and window functions only.
--
-- Load the file "…events.csv" of the data page into a table  events  with the columns of its header: days as DATE, seq and stage_order
-- as INTEGER, amount, probability and stage_probability as DECIMAL or DOUBLE, everything else as text; empty cells are NULL. Then set
-- the day to look from:
--
--   CREATE TABLE report AS SELECT DATE '2026-11-23' AS as_of;
--
-- In DuckDB:  CREATE TABLE events AS SELECT * FROM read_csv('events.csv', header = true, nullstr = '');
--
-- Each query stands below its name and is equal to the page's own numbers, as a test sees to.

-- name: stock
-- The open deals of each stage: how many, their amount and the amount times its chance. Deals without amount add nothing to the sums.
WITH latest AS (
    SELECT e.*, ROW_NUMBER() OVER (PARTITION BY e.case_id ORDER BY e.seq DESC) AS place
    FROM events e CROSS JOIN report r
    WHERE e."timestamp" IS NULL OR e."timestamp" <= r.as_of
)
SELECT model, stage_order, stage, COUNT(*) AS deals, SUM(amount) AS amount, SUM(amount * probability) AS weighted
FROM latest
WHERE place = 1 AND status = 'open' AND stage_order IS NOT NULL
GROUP BY model, stage_order, stage
ORDER BY model, stage_order;

-- name: forecast
-- The weighted amount of the open deals by the month of their expected close, today or later.
WITH latest AS (
    SELECT e.*, ROW_NUMBER() OVER (PARTITION BY e.case_id ORDER BY e.seq DESC) AS place
    FROM events e CROSS JOIN report r
    WHERE e."timestamp" IS NULL OR e."timestamp" <= r.as_of
)
SELECT EXTRACT(YEAR FROM expected_close) AS year, EXTRACT(MONTH FROM expected_close) AS month,
       COUNT(*) AS deals, SUM(amount) AS amount, SUM(amount * probability) AS weighted
FROM latest CROSS JOIN report
WHERE place = 1 AND status = 'open' AND stage_order IS NOT NULL AND amount IS NOT NULL AND expected_close >= report.as_of
GROUP BY EXTRACT(YEAR FROM expected_close), EXTRACT(MONTH FROM expected_close)
ORDER BY year, month;

-- name: won
-- What was won, by month. A deal that was reopened since is not won.
WITH latest AS (
    SELECT e.*, ROW_NUMBER() OVER (PARTITION BY e.case_id ORDER BY e.seq DESC) AS place
    FROM events e CROSS JOIN report r
    WHERE e."timestamp" IS NULL OR e."timestamp" <= r.as_of
), decided AS (
    SELECT case_id, MAX(seq) AS seq FROM events CROSS JOIN report
    WHERE activity = 'won' AND ("timestamp" IS NULL OR "timestamp" <= report.as_of)
    GROUP BY case_id
)
SELECT EXTRACT(YEAR FROM w."timestamp") AS year, EXTRACT(MONTH FROM w."timestamp") AS month,
       COUNT(*) AS deals, SUM(l.amount) AS amount
FROM latest l
JOIN decided d ON d.case_id = l.case_id
JOIN events w ON w.case_id = d.case_id AND w.seq = d.seq
WHERE l.place = 1 AND l.status = 'won' AND w."timestamp" IS NOT NULL
GROUP BY EXTRACT(YEAR FROM w."timestamp"), EXTRACT(MONTH FROM w."timestamp")
ORDER BY year, month;

-- name: conversion
-- Of the deals that entered a stage: how many went on past it (stood in a later stage of the model, or were won), were lost before they
-- did (a deal that sleeps past its day of waking is lost), and are undecided; and the mean of the days until they went on. The first
-- entry of a deal counts; a stage that was skipped was not entered.
WITH seen AS (
    SELECT e.* FROM events e CROSS JOIN report r WHERE e."timestamp" IS NULL OR e."timestamp" <= r.as_of
), latest AS (
    SELECT s.*, ROW_NUMBER() OVER (PARTITION BY s.case_id ORDER BY s.seq DESC) AS place FROM seen s
), entries AS (
    SELECT case_id, model, stage_order, stage, MIN(seq) AS seq
    FROM seen
    WHERE activity IN ('created', 'entered', 'restaged', 'transferred', 'reopened') AND stage_order IS NOT NULL
    GROUP BY case_id, model, stage_order, stage
), passes AS (
    SELECT n.case_id, n.model, n.stage_order, MIN(s.seq) AS seq
    FROM entries n
    JOIN seen s ON s.case_id = n.case_id AND s.model = n.model AND s.seq > n.seq
    WHERE s.activity = 'won'
       OR (s.activity IN ('created', 'entered', 'transferred', 'reopened') AND s.stage_order > n.stage_order)
    GROUP BY n.case_id, n.model, n.stage_order
), fates AS (
    SELECT n.model, n.stage_order, n.stage,
           CASE WHEN p.seq IS NOT NULL THEN 'passed'
                WHEN l.model = n.model AND (l.status = 'lost' OR (l.status = 'dormant' AND l.wake < r.as_of)) THEN 'lost'
                ELSE 'open' END AS fate,
           CASE WHEN p.seq IS NOT NULL THEN later."timestamp" - first."timestamp" END AS days
    FROM entries n
    CROSS JOIN report r
    JOIN latest l ON l.case_id = n.case_id AND l.place = 1
    JOIN seen first ON first.case_id = n.case_id AND first.seq = n.seq
    LEFT JOIN passes p ON p.case_id = n.case_id AND p.model = n.model AND p.stage_order = n.stage_order
    LEFT JOIN seen later ON later.case_id = p.case_id AND later.seq = p.seq
)
SELECT model, stage_order, stage, COUNT(*) AS entered,
       SUM(CASE WHEN fate = 'passed' THEN 1 ELSE 0 END) AS passed,
       SUM(CASE WHEN fate = 'lost' THEN 1 ELSE 0 END) AS lost,
       SUM(CASE WHEN fate = 'open' THEN 1 ELSE 0 END) AS undecided,
       AVG(days) AS mean_days
FROM fates
GROUP BY model, stage_order, stage
ORDER BY model, stage_order;
