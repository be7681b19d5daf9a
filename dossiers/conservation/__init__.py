"""How long a case is kept, what suspends its destruction, and how nothing of it remains afterwards.

`regles` computes dates and imports nothing of the project; `bareme` reads the versioned rows; `conserver` is where a
case app says what it keeps; `examen` moves one case; `balayage` is the daily scan; `verbes` holds the acts of two
persons; `effacement` removes every copy.
"""
