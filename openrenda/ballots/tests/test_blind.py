"""RFC 9474: the published test vector, and what the signer learns, which is nothing."""

from __future__ import annotations

import math
import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from openrenda.ballots import blind
from openrenda.ballots.device import Device, encode_pss
from openrenda.ballots.device import blind as blind_at

from . import rfc9474


@pytest.fixture(scope="module")
def published() -> rsa.RSAPrivateNumbers:
    """The key of the test vector."""
    phi = (rfc9474.P - 1) * (rfc9474.Q - 1)
    exponent = pow(rfc9474.E, -1, phi)
    numbers = rsa.RSAPublicNumbers(rfc9474.E, rfc9474.P * rfc9474.Q)
    return rsa.RSAPrivateNumbers(
        rfc9474.P, rfc9474.Q, exponent, exponent % (rfc9474.P - 1), exponent % (rfc9474.Q - 1),
        pow(rfc9474.Q, -1, rfc9474.P), numbers,
    )  # fmt: skip


def test_the_published_vector_is_blinded_signed_and_unblinded_as_published(published: rsa.RSAPrivateNumbers) -> None:
    public = published.public_numbers.public_key()
    modulus = published.public_numbers.n
    factor = pow(rfc9474.INVERSE, -1, modulus)
    blinded, inverse = blind_at(public, rfc9474.PREPARED, salt=rfc9474.SALT, factor=factor)
    assert (blinded, inverse) == (rfc9474.BLINDED, rfc9474.INVERSE)
    assert blind.blind_sign(published, blinded) == rfc9474.BLIND_SIGNATURE
    signed = int.from_bytes(rfc9474.BLIND_SIGNATURE, "big") * inverse % modulus
    assert signed.to_bytes(len(blinded), "big") == rfc9474.SIGNATURE
    assert blind.verifies(public, rfc9474.SIGNATURE, rfc9474.PREPARED)
    assert not blind.verifies(public, rfc9474.SIGNATURE, rfc9474.PREPARED + b"!")


def test_what_is_no_blinded_message_is_not_signed(published: rsa.RSAPrivateNumbers) -> None:
    modulus = published.public_numbers.n
    length = (modulus.bit_length() + 7) // 8
    for message in (
        b"",
        bytes(length),
        modulus.to_bytes(length, "big"),
        (modulus + 1).to_bytes(length, "big"),
        bytes(length + 1),
    ):
        with pytest.raises(blind.CannotSign):
            blind.blind_sign(published, message)


def test_a_fault_in_the_signing_gives_nothing_away(published: rsa.RSAPrivateNumbers) -> None:
    """Section 8.1: a signature that is wrong in one half factors the key; it does not leave."""
    broken = rsa.RSAPrivateNumbers(
        published.p,
        published.q,
        published.d,
        published.dmp1 + 1,
        published.dmq1,
        published.iqmp,
        published.public_numbers,
    )
    with pytest.raises(blind.CannotSign):
        blind.blind_sign(broken, rfc9474.BLINDED)


def test_every_blinded_request_fits_every_ballot() -> None:
    """Perfect blindness: for each request on the roll and each key in the box there is a factor that leads from one to the other."""
    public, kept = blind.new_key()
    numbers = blind.private_numbers(kept)
    modulus, exponent = numbers.public_numbers.n, numbers.public_numbers.e
    encoded = [encode_pss(secrets.token_bytes(65), modulus.bit_length() - 1) for _ballot in range(5)]
    for device in (Device.fresh(public) for _voter in range(5)):
        request = int.from_bytes(device.blinded, "big")
        for message in encoded:
            factor = pow(request * pow(int.from_bytes(message, "big"), -1, modulus), numbers.d, modulus)
            assert int.from_bytes(message, "big") * pow(factor, exponent, modulus) % modulus == request
            assert math.gcd(factor, modulus) == 1
