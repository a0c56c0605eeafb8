"""Names of persons: their official order by strokes, and the pinyin by which they are found."""
