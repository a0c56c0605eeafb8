"""The invented congress and a believable year's work for it. Everything in here is fictional and marked so.

The makers are pure functions of a seed and a day: :func:`~openrenda.demo.cast.make_cast`,
:func:`~openrenda.demo.matters.make_suggestions`, :func:`~openrenda.demo.plan.make_plans`,
:func:`~openrenda.demo.orders.make_orders`. They know no database; the loader takes them there.
"""
