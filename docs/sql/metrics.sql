-- The core figures of Loudou from its exported event log, in portable SQL: common table expressions and window functions only.
--
-- Load the file "…events.csv" of the data page into a table  events  with the columns of its header: days as DATE, seq and stage_order
-- as INTEGER, amount, probability and stage_probability as DECIMAL or DOUBLE, everything else as text; empty cells are NULL. Then set
-- the day to look from, and the first day of the period whose movements are asked for; it ends on the day to look from:
--
--   CREATE TABLE report AS SELECT DATE '2026-11-23' AS as_of, DATE '2026-10-01' AS since;
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

-- name: durations
-- How long deals stay in a stage, in days: the quartiles of the Kaplan-Meier curve. Deals that are still undecided count as long as they
-- were seen; a loss ends a stay as going on does. A quartile is NULL while too many are undecided to tell. Entries without a day,
-- and those by a revision of the model, have no duration.
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
), departures AS (
    SELECT n.case_id, n.model, n.stage_order, MIN(s."timestamp") AS gone_on
    FROM entries n
    JOIN seen s ON s.case_id = n.case_id AND s.model <> n.model AND s.seq > n.seq
    GROUP BY n.case_id, n.model, n.stage_order
), losses AS (
    SELECT case_id, MAX("timestamp") AS lost_on FROM seen WHERE activity = 'lost' GROUP BY case_id
), stays AS (
    SELECT n.model, n.stage_order, n.stage,
           CASE WHEN p.seq IS NOT NULL THEN 1
                WHEN l.model = n.model AND (l.status = 'lost' OR (l.status = 'dormant' AND l.wake < r.as_of)) THEN 1
                ELSE 0 END AS ended,
           CASE WHEN first.activity = 'restaged' THEN NULL
                WHEN p.seq IS NOT NULL THEN later."timestamp" - first."timestamp"
                WHEN l.model <> n.model THEN d.gone_on - first."timestamp"
                WHEN l.status = 'lost' THEN x.lost_on - first."timestamp"
                WHEN l.status = 'dormant' AND l.wake < r.as_of THEN l.wake - first."timestamp" + 1
                ELSE r.as_of - first."timestamp" END AS days
    FROM entries n
    CROSS JOIN report r
    JOIN latest l ON l.case_id = n.case_id AND l.place = 1
    JOIN seen first ON first.case_id = n.case_id AND first.seq = n.seq
    LEFT JOIN passes p ON p.case_id = n.case_id AND p.model = n.model AND p.stage_order = n.stage_order
    LEFT JOIN seen later ON later.case_id = p.case_id AND later.seq = p.seq
    LEFT JOIN departures d ON d.case_id = n.case_id AND d.model = n.model AND d.stage_order = n.stage_order
    LEFT JOIN losses x ON x.case_id = n.case_id
), by_day AS (
    SELECT model, stage_order, stage, days, SUM(ended) AS ended, COUNT(*) AS there
    FROM stays
    WHERE days IS NOT NULL
    GROUP BY model, stage_order, stage, days
), risks AS (
    SELECT b.*, SUM(there) OVER (PARTITION BY model, stage_order, stage ORDER BY days DESC) AS at_risk FROM by_day b
), curve AS (
    -- The product of the shares that last longer than each day. The logarithm of 0 is kept out: from the day on which all that were left
    -- ended, nothing lasts.
    SELECT model, stage_order, stage, days,
           CASE WHEN MIN(at_risk - ended) OVER (PARTITION BY model, stage_order, stage ORDER BY days) = 0 THEN 0
                ELSE EXP(SUM(CASE WHEN at_risk > ended
                                  THEN LN(CAST(at_risk - ended AS DOUBLE PRECISION) / CAST(at_risk AS DOUBLE PRECISION))
                                  ELSE 0 END) OVER (PARTITION BY model, stage_order, stage ORDER BY days)) END AS lasting
    FROM risks
)
SELECT model, stage_order, stage,
       MIN(CASE WHEN lasting <= 0.75 + 1e-9 THEN days END) AS lower_quartile,
       MIN(CASE WHEN lasting <= 0.50 + 1e-9 THEN days END) AS median,
       MIN(CASE WHEN lasting <= 0.25 + 1e-9 THEN days END) AS upper_quartile
FROM curve
GROUP BY model, stage_order, stage
ORDER BY model, stage_order;

-- name: promotion
-- The promotion status table of the period: what stood in each stage before it, what came in and how, what left and how, and what stands
-- there at its end, so that opening + in - out = closing; and the median of the days that what was promoted or won had stood there. Every
-- move counts, also one that was undone. A stage in which no deal ever stood is not in the log and so not here.
WITH numbered AS (
    SELECT case_id, seq, "timestamp" AS on_day, activity, model, stage_order, stage, status,
           LAG(model) OVER (PARTITION BY case_id ORDER BY seq) AS from_model,
           LAG(stage_order) OVER (PARTITION BY case_id ORDER BY seq) AS from_order,
           LAG(status) OVER (PARTITION BY case_id ORDER BY seq) AS from_status,
           MAX(CASE WHEN activity IN ('created', 'entered', 'transferred', 'reopened') THEN seq END)
               OVER (PARTITION BY case_id ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS since_seq
    FROM events
    WHERE activity IN ('created', 'entered', 'restaged', 'transferred', 'won', 'lost', 'dormant', 'reopened')
), moves AS (
    SELECT m.*, m.on_day - b."timestamp" AS stay,
           CASE WHEN m.activity IN ('won', 'lost', 'dormant') THEN m.activity
                WHEN m.activity = 'created' THEN 'created'
                WHEN m.from_status <> 'open' THEN 'reopened'
                WHEN m.activity = 'restaged' OR m.model <> m.from_model THEN 'changed'
                WHEN m.stage_order > m.from_order THEN 'promoted'
                WHEN m.stage_order < m.from_order THEN 'fell_back' END AS kind
    FROM numbered m
    CROSS JOIN report r
    LEFT JOIN events b ON b.case_id = m.case_id AND b.seq = m.since_seq
    WHERE m.on_day >= r.since AND m.on_day <= r.as_of
), before AS (
    SELECT n.*, ROW_NUMBER() OVER (PARTITION BY n.case_id ORDER BY n.seq DESC) AS place
    FROM numbered n CROSS JOIN report r
    WHERE n.on_day IS NULL OR n.on_day < r.since
), after AS (
    SELECT n.*, ROW_NUMBER() OVER (PARTITION BY n.case_id ORDER BY n.seq DESC) AS place
    FROM numbered n CROSS JOIN report r
    WHERE n.on_day IS NULL OR n.on_day <= r.as_of
), stages AS (
    SELECT DISTINCT model, stage_order, stage FROM events WHERE stage_order IS NOT NULL
), booked AS (
    SELECT model, stage_order, 'opening' AS flow FROM before WHERE place = 1 AND status = 'open'
    UNION ALL
    SELECT model, stage_order, 'closing' FROM after WHERE place = 1 AND status = 'open'
    UNION ALL
    SELECT model, stage_order, kind || '_in' FROM moves WHERE status = 'open' AND kind IS NOT NULL
    UNION ALL
    SELECT from_model, from_order, kind || '_out' FROM moves WHERE from_status = 'open' AND kind IS NOT NULL
    UNION ALL
    SELECT s.model, s.stage_order, 'skipped'
    FROM moves m
    JOIN stages s ON s.model = m.from_model AND s.stage_order > m.from_order
                 AND (m.kind = 'won' OR s.stage_order < m.stage_order)
    WHERE m.from_status = 'open' AND m.kind IN ('promoted', 'won')
), placed AS (
    SELECT from_model AS model, from_order AS stage_order, stay,
           ROW_NUMBER() OVER (PARTITION BY from_model, from_order ORDER BY stay) AS place,
           COUNT(*) OVER (PARTITION BY from_model, from_order) AS number_of
    FROM moves
    WHERE from_status = 'open' AND kind IN ('promoted', 'won') AND stay IS NOT NULL
), middles AS (
    -- The middle one, or the mean of the two in the middle.
    SELECT model, stage_order, AVG(stay) AS median_days
    FROM placed
    WHERE 2 * place BETWEEN number_of AND number_of + 2
    GROUP BY model, stage_order
)
SELECT s.model, s.stage_order, s.stage,
       SUM(CASE WHEN b.flow = 'opening' THEN 1 ELSE 0 END) AS opening,
       SUM(CASE WHEN b.flow = 'created_in' THEN 1 ELSE 0 END) AS created,
       SUM(CASE WHEN b.flow = 'promoted_in' THEN 1 ELSE 0 END) AS promoted_in,
       SUM(CASE WHEN b.flow = 'fell_back_in' THEN 1 ELSE 0 END) AS fell_back_in,
       SUM(CASE WHEN b.flow = 'reopened_in' THEN 1 ELSE 0 END) AS reopened,
       SUM(CASE WHEN b.flow = 'changed_in' THEN 1 ELSE 0 END) AS changed_in,
       SUM(CASE WHEN b.flow = 'promoted_out' THEN 1 ELSE 0 END) AS promoted,
       SUM(CASE WHEN b.flow = 'won_out' THEN 1 ELSE 0 END) AS won,
       SUM(CASE WHEN b.flow = 'fell_back_out' THEN 1 ELSE 0 END) AS fell_back,
       SUM(CASE WHEN b.flow = 'lost_out' THEN 1 ELSE 0 END) AS lost,
       SUM(CASE WHEN b.flow = 'dormant_out' THEN 1 ELSE 0 END) AS dormant,
       SUM(CASE WHEN b.flow = 'changed_out' THEN 1 ELSE 0 END) AS changed_out,
       SUM(CASE WHEN b.flow = 'skipped' THEN 1 ELSE 0 END) AS skipped,
       SUM(CASE WHEN b.flow = 'closing' THEN 1 ELSE 0 END) AS closing,
       MAX(m.median_days) AS median_days
FROM stages s
LEFT JOIN booked b ON b.model = s.model AND b.stage_order = s.stage_order
LEFT JOIN middles m ON m.model = s.model AND m.stage_order = s.stage_order
GROUP BY s.model, s.stage_order, s.stage
ORDER BY s.model, s.stage_order;

-- name: customers
-- Where each customer with deals stands: the stage of its open deal that has come farthest (place among the stages of the model), else
-- dormant, won or lost. Return visits and service requests are no part of the log, so who is looked after since is won here. The last stage of
-- a model is the last one in which a deal ever stood.
WITH latest AS (
    SELECT e.*, ROW_NUMBER() OVER (PARTITION BY e.case_id ORDER BY e.seq DESC) AS place
    FROM events e CROSS JOIN report r
    WHERE e."timestamp" IS NULL OR e."timestamp" <= r.as_of
), lengths AS (
    SELECT model, MAX(stage_order) AS stages FROM events GROUP BY model
), ranked AS (
    SELECT l.customer_id, l.customer, l.model, l.stage, l.status,
           ROW_NUMBER() OVER (
               PARTITION BY l.customer_id
               ORDER BY CASE l.status WHEN 'open' THEN 1 WHEN 'dormant' THEN 2 WHEN 'won' THEN 3 ELSE 4 END,
                        l.stage_order * 10000 / n.stages DESC, COALESCE(l.amount, -1) DESC, l.case_id) AS place
    FROM latest l
    JOIN lengths n ON n.model = l.model
    WHERE l.place = 1 AND l.customer_id IS NOT NULL AND l.stage_order IS NOT NULL
)
SELECT customer_id, customer, status, CASE WHEN status = 'open' THEN model END AS model, CASE WHEN status = 'open' THEN stage END AS stage
FROM ranked
WHERE place = 1
ORDER BY customer_id;
