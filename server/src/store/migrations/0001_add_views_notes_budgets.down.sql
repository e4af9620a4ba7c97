DROP TABLE monthly_budgets;
DROP TABLE annotations;
DROP TABLE saved_views;
